using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting.Windows;

/// <summary>
/// A call of a twin from which an exception travels closed:
/// <code>
///     try { try { call; leave end } filter { Suspend(exception); false } } cleanup
/// </code>
/// The filter never catches: it runs before the filters of callers do, which a <c>finally</c> does not (ECMA-335 I.12.4.2.5).
/// </summary>
/// <param name="type">Whether the cleanup runs always (finally) or for exceptions only (fault).</param>
/// <param name="call">The call, with its arguments and what becomes of its result.</param>
/// <param name="filter">What the filter does before it declines.</param>
/// <param name="cleanup">What happens when the frame is left.</param>
/// <param name="end">Where the call leads, outside.</param>
internal sealed class GuardedCall(ExceptionHandlerType type, IEnumerable<Instruction> call, IEnumerable<Instruction> filter, IEnumerable<Instruction> cleanup, Instruction end)
{
    private readonly Instruction[] _call = [.. call, Instruction.Create(OpCodes.Leave, end)];
    private readonly Instruction[] _filter = [Instruction.Create(OpCodes.Pop), .. filter, Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Endfilter)];
    private readonly Instruction[] _never = [Instruction.Create(OpCodes.Pop), Instruction.Create(OpCodes.Rethrow)];
    private readonly Instruction[] _cleanup = [.. cleanup, Instruction.Create(OpCodes.Endfinally)];

    /// <summary>Appends it to a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="next">The instruction that will follow.</param>
    public void AppendTo(MethodBody body, Instruction next)
    {
        foreach (Instruction instruction in (Instruction[])[.. _call, .. _filter, .. _never, .. _cleanup])
            body.Instructions.Add(instruction);

        body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Filter)
        {
            TryStart = _call[0],
            TryEnd = _filter[0],
            FilterStart = _filter[0],
            HandlerStart = _never[0],
            HandlerEnd = _cleanup[0],
        });
        body.ExceptionHandlers.Add(new ExceptionHandler(type)
        {
            TryStart = _call[0],
            TryEnd = _cleanup[0],
            HandlerStart = _cleanup[0],
            HandlerEnd = next,
        });
    }
}
