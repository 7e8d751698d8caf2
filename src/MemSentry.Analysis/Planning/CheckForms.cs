using MemSentry.AccessTable;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>Chooses the check for an operand of which something has to hold and is not proven.</summary>
internal static class CheckForms
{
    /// <summary>The check.</summary>
    /// <exception cref="NotModelledException">No check can tell.</exception>
    public static OperandCheck Of(Instruction instruction, Access access, ProtectionMethod method) => access.Demand switch
    {
        Demand.Address => new OperandCheck(access.Kind, IsMasked(instruction, access, method) ? CheckForm.Mask : CheckForm.Compare),
        Demand.Range => new OperandCheck(access.Kind, CheckForm.Range, Length: access.Length),
        Demand.Length => new OperandCheck(access.Kind, CheckForm.Length, Length: access.Length),
        Demand.Displaced => new OperandCheck(access.Kind, CheckForm.Displaced, Length: access.Length),
        Demand.Structure when ReferenceHolders.IsSpan(access.Type) => new OperandCheck(access.Kind, CheckForm.Span, access.Type),
        Demand.Contents when ReferenceHolders.IsSpan(access.Type) => new OperandCheck(access.Kind, CheckForm.SpanBehind, access.Type),
        Demand.Handle => new OperandCheck(access.Kind, CheckForm.Handle, access.Type),
        Demand.HandleBehind => new OperandCheck(access.Kind, CheckForm.HandleBehind, access.Type),
        _ => throw new NotModelledException(
            $"it hands on a {access.Type?.FullName} that was read through a pointer, reinterpreted or made by whitelisted code, and whose references cannot be checked"),
    };

    /// <summary>
    /// A mask changes the address, so it fits only where the address is consumed by the access at once. A callee could keep or compare it, and of a managed
    /// reference the garbage collector must be able to tell what it refers to.
    /// </summary>
    private static bool IsMasked(Instruction instruction, Access access, ProtectionMethod method) =>
        method == ProtectionMethod.Sfi
        && access.Kind is AccessKind.Load or AccessKind.Store
        && access.Operand.Kind == StackKind.NativeInt
        && instruction.OpCode.FlowControl != FlowControl.Call;
}
