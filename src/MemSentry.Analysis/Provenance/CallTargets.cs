using MemSentry.Analysis.Members;
using MemSentry.Analysis.Trust;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Provenance;

/// <summary>Which bodies calls run.</summary>
internal sealed class CallTargets(ModuleDefinition module, Func<MethodDefinition, bool> isWhitelisted)
{
    /// <summary>The member body that a call surely runs, if it is woven together with the caller; else null.</summary>
    public MethodDefinition? WovenTarget(Code opcode, MethodReference callee) => SureTarget(opcode, callee) is { } method && !isWhitelisted(method) ? method : null;

    /// <summary>Whether a call surely runs a whitelisted body of this module that accepts addresses inside safe regions through a parameter.</summary>
    public bool Accepts(Code opcode, MethodReference callee, int parameter) =>
        SureTarget(opcode, callee) is { } method && isWhitelisted(method) && AcceptedRegions.Include(method.Parameters[parameter]);

    private MethodDefinition? SureTarget(Code opcode, MethodReference callee)
    {
        if (InModule(callee) is not { } method)
        {
            return null;
        }

        // A static virtual member is called with "constrained. T; call": T, which may be anybody's, decides which body runs (ECMA-335 III.2.1 as
        // augmented for .NET 7), and the one found here is only the default.
        bool isDispatched = opcode == Code.Callvirt || method.IsStatic;
        bool mayBeOverridden = isDispatched && method.IsVirtual && !method.IsFinal && !method.DeclaringType.IsSealed;
        return mayBeOverridden ? null : method;
    }

    /// <summary>The member of this module that a reference names, if it has a body here; else null.</summary>
    public MethodDefinition? InModule(MethodReference callee)
    {
        MethodReference element = callee.GetElementMethod();
        if (element.DeclaringType.Scope != module || element.DeclaringType is ArrayType)
        {
            return null;
        }

        return element.Resolve() is { } method && method.HasInstructions() && method.Module == module ? method : null;
    }
}
