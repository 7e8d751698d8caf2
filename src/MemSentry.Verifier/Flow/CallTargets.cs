using Mono.Cecil;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>Which body a call surely runs, if that body is verified together with the caller.</summary>
/// <param name="module">The module.</param>
/// <param name="isTrusted">Whether a member is on the trust list: its body is not verified.</param>
/// <param name="throwHelper">The member that never returns, if that is proven.</param>
internal sealed class CallTargets(ModuleDefinition module, Func<MethodDefinition, bool> isTrusted, MethodDefinition? throwHelper)
{
    private readonly Dictionary<MethodReference, MethodDefinition?> _known = [];

    /// <summary>The module's own throw helper: control does not come back.</summary>
    public bool IsThrow(Instruction instruction) =>
        throwHelper is not null && instruction.OpCode.Code == IL.Call && ReferenceEquals(instruction.Operand, throwHelper);

    /// <summary>The verified body that a call runs; null if it may run another.</summary>
    public MethodDefinition? VerifiedBody(Instruction call)
    {
        if (call.Operand is not MethodReference callee || Definition(callee) is not { } body || !body.HasCode() || isTrusted(body))
            return null;

        // A virtual member may be implemented elsewhere, and so may a static one that is called through a type parameter.
        bool maybeOverridden = body.IsVirtual && (call.OpCode.Code == IL.Callvirt || body.IsStatic) && !body.IsFinal && !body.DeclaringType.IsSealed;
        return maybeOverridden ? null : body;
    }

    /// <summary>The member's definition, if it lies in this module.</summary>
    public MethodDefinition? Definition(MethodReference callee)
    {
        if (_known.TryGetValue(callee, out MethodDefinition? known))
            return known;

        MethodReference element = callee.GetElementMethod();
        bool isOwn = element.DeclaringType is not ArrayType && element.DeclaringType.Scope == module;
        MethodDefinition? definition = isOwn ? element as MethodDefinition ?? element.Resolve() : null;
        _known.Add(callee, definition = definition?.Module == module ? definition : null);
        return definition;
    }
}
