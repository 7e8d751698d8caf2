using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Windows;
using Mono.Cecil;

namespace MemSentry.Analysis.Trust;

/// <summary>
/// The members of a module that may access safe regions: those the user marked (on the member, its property, type or assembly, or by section),
/// and the lambdas, local functions and state machines written inside them (<see cref="CompilerGeneratedMembers"/>).
/// </summary>
internal sealed class Whitelist
{
    private readonly HashSet<MethodDefinition> _members;
    private readonly IReadOnlyDictionary<MethodDefinition, IReadOnlySet<MethodDefinition>> _origins;

    private Whitelist(HashSet<MethodDefinition> members, IReadOnlyDictionary<MethodDefinition, IReadOnlySet<MethodDefinition>> origins)
    {
        _members = members;
        _origins = origins;
    }

    /// <summary>The whitelisted members, in no particular order.</summary>
    public IReadOnlyCollection<MethodDefinition> Members => _members;

    public bool Contains(MethodDefinition method) => _members.Contains(method);

    /// <summary>
    /// What a member opens under a domain-based method. Lambdas and state machines open what they were written inside of; null if that is not one domain.
    /// </summary>
    public WindowTarget? TargetOf(MethodDefinition method)
    {
        WindowTarget[] targets = [.. _origins.GetValueOrDefault(method, new HashSet<MethodDefinition> { method }).Select(WindowTargets.Of).Distinct()];
        return targets.Select(t => t.Domain).Distinct().Count() == 1 ? targets.MaxBy(t => t.Rights) : null;
    }

    /// <summary>Reads the attributes of a module.</summary>
    public static Whitelist Find(ModuleDefinition module, WeaverOptions options, DiagnosticList diagnostics)
    {
        var marked = new WhitelistAttributes(options.WhitelistSection);
        bool everything = module.Assembly is { } assembly && marked.IsOn(assembly);
        var members = new HashSet<MethodDefinition>();
        foreach (TypeDefinition type in module.GetTypes())
        {
            bool wholeType = everything || marked.IsOn(type);
            members.UnionWith(type.Methods.Where(m => wholeType || marked.IsOn(m)));
            foreach (PropertyDefinition property in type.Properties.Where(marked.IsOn))
            {
                members.UnionWith(new[] { property.GetMethod, property.SetMethod }.OfType<MethodDefinition>());
            }
        }

        if (options.WhitelistSection is { } section && !marked.SectionWasSeen)
        {
            diagnostics.Add(Diagnostic.Warning(DiagnosticId.SectionEmpty,
                $"No member of {module.Name} is in the section '{section}', so the option WhitelistSection whitelists nothing; check the name in [Section(\"...\")]."));
        }

        IReadOnlyDictionary<MethodDefinition, IReadOnlySet<MethodDefinition>> generated = CompilerGeneratedMembers.WrittenInside(module, members);
        members.UnionWith(generated.Keys);
        return new Whitelist(members, generated);
    }
}
