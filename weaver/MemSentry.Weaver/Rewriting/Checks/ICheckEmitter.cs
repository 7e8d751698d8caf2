using MemSentry.Analysis.Planning;

namespace MemSentry.Weaver.Rewriting.Checks;

/// <summary>Emits the checks of one <see cref="CheckForm"/>.</summary>
internal interface ICheckEmitter
{
    /// <summary>Appends the check of the operand on top of the stack; what lies there afterwards takes the operand's place.</summary>
    /// <param name="code">Receives the check.</param>
    /// <param name="check">The check.</param>
    /// <param name="offset">The IL offset that a violation reports, in the input.</param>
    void Emit(PendingCode code, OperandCheck check, int offset);
}
