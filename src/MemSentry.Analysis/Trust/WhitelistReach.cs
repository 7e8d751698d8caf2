using MemSentry.Analysis.Members;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Trust;

/// <summary>
/// Where whitelisted code may return to. It handles addresses in safe regions, so spans and other structures with references inside that it returns
/// are origins: also when it is called through a base class, an interface or a delegate, or lies in another assembly.
/// </summary>
internal sealed class WhitelistReach
{
    private const string SafeRegion = "MemSentry.SafeRegion";

    private readonly Dictionary<MethodReference, bool> _known = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ICustomAttributeProvider, bool> _marked = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<(string, int)> _virtual;
    private readonly Whitelist _whitelist;
    private readonly WhitelistAttributes _attributes;

    public WhitelistReach(ModuleMembers members, Whitelist whitelist, string? section)
    {
        _whitelist = whitelist;
        _attributes = new WhitelistAttributes(section);
        _virtual = [.. whitelist.Members.Where(m => m.IsVirtual).Select(Key)];
        IndirectCallsMayReturnStructures = whitelist.Members.Count > 0 && members.Unsettled
            .SelectMany(m => m.Body.Instructions)
            .Any(i => i.OpCode.Code is Code.Ldftn or Code.Ldvirtftn && MayRun((MethodReference)i.Operand));
    }

    /// <summary>Whether the entry of any whitelisted member is taken, so that a delegate or function pointer may lead to it.</summary>
    public bool IndirectCallsMayReturnStructures { get; }

    /// <summary>Whether a call of a member may run whitelisted code.</summary>
    public bool MayRun(MethodReference callee)
    {
        if (!_known.TryGetValue(callee, out bool mayRun))
        {
            mayRun = Resolve(callee);
            _known.Add(callee, mayRun);
        }

        return mayRun;
    }

    private bool Resolve(MethodReference callee)
    {
        if (callee.DeclaringType is ArrayType || callee.Resolve() is not { } method)
        {
            return false;
        }

        TypeDefinition type = method.DeclaringType;
        return _whitelist.Contains(method)
            || type.FullName == SafeRegion
            || _attributes.IsOn(method) || IsMarked(type) || IsMarked(type.Module.Assembly)
            || (method.IsVirtual && _virtual.Contains(Key(method)))
            || (IndirectCallsMayReturnStructures && method.Name == "Invoke" && type.BaseType?.FullName == "System.MulticastDelegate");
    }

    /// <summary>Types and assemblies are asked for once for each of their members.</summary>
    private bool IsMarked(ICustomAttributeProvider container)
    {
        if (!_marked.TryGetValue(container, out bool isMarked))
        {
            isMarked = _attributes.IsOn(container);
            _marked.Add(container, isMarked);
        }

        return isMarked;
    }

    private static (string, int) Key(MethodDefinition method) => (method.Name[(method.Name.LastIndexOf('.') + 1)..], method.Parameters.Count);
}
