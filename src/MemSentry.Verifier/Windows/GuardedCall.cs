using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Windows;

/// <summary>A protected call of a twin inside a gate, by the instructions where its parts start.</summary>
/// <param name="Kind">What its last part is.</param>
/// <param name="Start">The call.</param>
/// <param name="Filter">The filter that closes and declines.</param>
/// <param name="Never">The handler that is never entered.</param>
/// <param name="Cleanup">The finally or fault block.</param>
/// <param name="Next">What follows.</param>
/// <param name="Leave">The instruction by which the call is left.</param>
internal sealed record GuardedCall(
    ExceptionHandlerType Kind, Instruction Start, Instruction Filter, Instruction Never, Instruction Cleanup, Instruction Next, Instruction Leave)
{
    /// <summary>Whether two clauses are those of this call.</summary>
    public bool Has(ExceptionHandler filter, ExceptionHandler cleanup) =>
        filter.HandlerType == ExceptionHandlerType.Filter && cleanup.HandlerType == Kind
        && (filter.TryStart, filter.TryEnd, filter.FilterStart, filter.HandlerStart, filter.HandlerEnd) == (Start, Filter, Filter, Never, Cleanup)
        && (cleanup.TryStart, cleanup.TryEnd, cleanup.HandlerStart, cleanup.HandlerEnd) == (Start, Cleanup, Cleanup, Next);

    /// <summary>Whether it is left for an instruction, and none else.</summary>
    public bool LeavesFor(Instruction target) => Leave.OpCode.Code is Code.Leave or Code.Leave_S && Leave.Operand == target;
}
