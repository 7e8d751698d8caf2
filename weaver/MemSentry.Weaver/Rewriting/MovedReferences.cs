using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting;

/// <summary>
/// Where a reference to an instruction of the input leads after an edit: to the first instruction that was inserted before it (a branch to
/// an access is a branch to its check), or past a removed instruction to the one that follows it.
/// </summary>
/// <param name="expected">About how many references will move.</param>
internal sealed class MovedReferences(int expected)
{
    private readonly Dictionary<Instruction, Instruction> _moved = new(expected, ReferenceEqualityComparer.Instance);

    /// <summary>Records that everything that led to one instruction leads to another.</summary>
    public void Add(Instruction from, Instruction to) => _moved.Add(from, to);

    /// <summary>The instruction that a reference leads to now.</summary>
    public Instruction Of(Instruction instruction) => _moved.GetValueOrDefault(instruction, instruction);

    /// <summary>The same for a boundary, where null is the end of the body.</summary>
    public Instruction? OfBoundary(Instruction? instruction) => instruction is null ? null : Of(instruction);
}
