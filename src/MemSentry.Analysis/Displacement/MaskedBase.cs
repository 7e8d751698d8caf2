using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Displacement;

/// <summary>A value on the stack, and the accesses whose addresses were computed from it.</summary>
/// <param name="producer">The instruction that pushed it.</param>
internal sealed class MaskedBase(Instruction producer)
{
    private readonly List<(Instruction Instruction, int Depth)> _accesses = [];

    /// <summary>The instruction that pushed it.</summary>
    public Instruction Producer => producer;

    /// <summary>Whether it, or what was computed from it, goes anywhere but into accesses: then it has to stay what it is.</summary>
    public bool IsUsedOtherwise { get; private set; }

    /// <summary>The operands that it became.</summary>
    public IEnumerable<(Instruction Instruction, int Depth)> Accesses => IsUsedOtherwise ? [] : _accesses;

    public void UseAsAddress(Instruction access, int depth) => _accesses.Add((access, depth));

    public void UseOtherwise() => IsUsedOtherwise = true;
}
