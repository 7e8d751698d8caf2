namespace MemSentry.Analysis.ControlFlow;

/// <summary>A half-open range of instruction indexes.</summary>
/// <param name="Start">The first instruction.</param>
/// <param name="End">The instruction after the last.</param>
public readonly record struct InstructionRange(int Start, int End)
{
    /// <summary>Whether an instruction lies in the range.</summary>
    public bool Contains(int index) => index >= Start && index < End;

    /// <summary>Whether another range lies wholly in this one; a range contains itself.</summary>
    public bool Contains(InstructionRange other) => other.Start >= Start && other.End <= End;
}
