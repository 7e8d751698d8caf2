using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Displacement;

/// <summary>What an access through a raw pointer needs.</summary>
/// <param name="IsProven">Nothing: it lies within reach of an address outside the block.</param>
/// <param name="Variable">A check of this variable, of which it is displaced; null for a check of the address itself.</param>
/// <param name="IsHeld">Whether the variable has to be made new before its check: <see cref="Held.HeldState"/>.</param>
/// <param name="Place">The instruction that the check of the variable goes before.</param>
/// <param name="Base">A check of what this instruction pushes, directly behind it: <see cref="PushedBases"/>.</param>
internal readonly record struct AccessNeed(bool IsProven, int? Variable, bool IsHeld = false, Instruction? Place = null, Instruction? Base = null)
{
    /// <summary>It is proven.</summary>
    public static AccessNeed Nothing { get; } = new(true, null);

    /// <summary>A check of the address itself.</summary>
    public static AccessNeed OfOperand { get; } = new(false, null);

    /// <summary>A check of a variable.</summary>
    public static AccessNeed OfVariable(int variable, bool isHeld, Instruction place) => new(false, variable, isHeld, place);

    /// <summary>A check of what an instruction pushes.</summary>
    public static AccessNeed OfBase(Instruction producer) => new(false, null, Base: producer);
}
