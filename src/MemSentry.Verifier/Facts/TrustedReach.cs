using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Facts;

/// <summary>
/// Which calls may end up in code that handles addresses of safe regions: trusted members of this module, by whatever way they are called, those that
/// another assembly marks as trusted, and the regions themselves. Nobody answers for references inside of structures that such code hands out.
/// </summary>
internal sealed class TrustedReach
{
    private const string Access = "MemSentry.SafeRegionAccessAttribute";

    private readonly Dictionary<MethodReference, bool> _known = [];
    private readonly HashSet<(string Name, int Parameters)> _virtual = [];
    private readonly Func<MethodDefinition, bool> _isTrusted;

    /// <summary>Looks at every member of a module.</summary>
    public TrustedReach(ModuleDefinition module, Func<MethodDefinition, bool> isTrusted)
    {
        _isTrusted = isTrusted;
        MethodDefinition[] trusted = [.. module.GetTypes().SelectMany(t => t.Methods).Where(isTrusted)];
        _virtual = [.. trusted.Where(m => m.IsVirtual).Select(KeyOf)];
        IncludesIndirectCalls = trusted.Length > 0 && module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).SelectMany(m => m.Body.Instructions)
            .Any(i => i.OpCode.Code is Code.Ldftn or Code.Ldvirtftn && Include((MethodReference)i.Operand));
    }

    /// <summary>Whether a delegate or function pointer may lead there.</summary>
    public bool IncludesIndirectCalls { get; }

    /// <summary>Whether a call of a member may lead there.</summary>
    public bool Include(MethodReference callee)
    {
        if (!_known.TryGetValue(callee, out bool includes))
            _known.Add(callee, includes = callee.DeclaringType is not ArrayType && Find(callee));
        return includes;
    }

    private bool Find(MethodReference callee)
    {
        if (callee.DeclaringType.Scope is AssemblyNameReference { Name: "MemSentry.Runtime" })
            return true;
        if (callee.Resolve() is not { } member)
            return false;

        return _isTrusted(member)
            || (member.IsVirtual && _virtual.Contains(KeyOf(member)))
            || (IncludesIndirectCalls && member.Name == "Invoke" && member.DeclaringType.BaseType?.FullName == "System.MulticastDelegate")
            || IsMarked(member) || IsMarked(member.DeclaringType) || IsMarked(member.Module.Assembly);
    }

    private static bool IsMarked(ICustomAttributeProvider provider) =>
        provider.HasCustomAttributes && provider.CustomAttributes.Any(a => a.AttributeType.FullName == Access);

    /// <summary>The name without the interface that an explicit implementation puts before it.</summary>
    private static (string Name, int Parameters) KeyOf(MethodDefinition member) => (member.Name[(member.Name.LastIndexOf('.') + 1)..], member.Parameters.Count);
}
