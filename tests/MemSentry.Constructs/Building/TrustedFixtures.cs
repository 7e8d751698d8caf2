using System.Collections.Concurrent;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Planning;
using MemSentry.Weaver;
using Mono.Cecil;

namespace MemSentry.Constructs.Building;

/// <summary>
/// Fixtures of which every member is whitelisted that can be, and touches a region: under a domain-based method each of them then becomes a gate and a twin, and has to do what
/// it did before.
/// </summary>
public static class TrustedFixtures
{
    // Whom the weaver refuses a gate is a matter of the member, not of the method: each further variant of a file begins with what is known.
    private static readonly ConcurrentDictionary<string, IReadOnlySet<string>> Refused = [];

    /// <summary>Marks and weaves one file. Members that the weaver refuses to give a gate stay unmarked, and as they are.</summary>
    /// <exception cref="WeaveException">The weaver refused it for another reason.</exception>
    public static ModulePlan Weave(Variant variant, string input, string output)
    {
        var refused = new HashSet<string>(Refused.GetValueOrDefault(input) ?? new HashSet<string>());
        string marked = output + ".marked";
        while (true)
        {
            Mark(input, marked, refused);
            var diagnostics = new DiagnosticList();
            if (AssemblyWeave.Run(new(marked, output, variant.Options!, [Path.GetDirectoryName(input)!, AppContext.BaseDirectory]), diagnostics) is { } plan)
            {
                File.Delete(marked);
                Refused[input] = refused;
                return plan;
            }

            Diagnostic[] errors = [.. diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)];
            if (errors.FirstOrDefault(e => e.Id != DiagnosticId.MemberNotGated) is { } other)
                throw new WeaveException(other);

            // "Namespace.Type::Member is whitelisted and cannot open a window, because ...".
            refused.UnionWith(errors.Select(e => e.Message.Split(" is whitelisted")[0]));
        }
    }

    private static void Mark(string input, string output, HashSet<string> refused)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(input));
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        using ModuleDefinition module = ModuleDefinition.ReadModule(input, new ReaderParameters { AssemblyResolver = resolver, InMemory = true });
        MethodReference attribute = Attribute(module);
        var touches = new RegionTouches(module);
        foreach (MethodDefinition method in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody && m.RVA != 0 && !refused.Contains($"{m.DeclaringType.FullName}::{m.Name}")))
        {
            method.CustomAttributes.Add(new CustomAttribute(attribute) { ConstructorArguments = { new(attribute.Parameters[0].ParameterType, 2) } });
            touches.Insert(method.Body);
        }

        module.Write(output);
    }

    private static MethodReference Attribute(ModuleDefinition module)
    {
        using ModuleDefinition runtime = ModuleDefinition.ReadModule(typeof(SafeRegionAccessAttribute).Assembly.Location);
        return module.ImportReference(runtime.GetType(typeof(SafeRegionAccessAttribute).FullName).Methods.Single(m => m.IsConstructor));
    }
}
