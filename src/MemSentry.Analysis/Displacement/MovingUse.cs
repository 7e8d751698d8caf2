using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Displacement;

/// <summary>An access that would be masked by itself, at a known distance from what a variable holds at that point.</summary>
/// <param name="Instruction">The access.</param>
/// <param name="Depth">Where its address lies on the stack.</param>
/// <param name="Block">The index of its block.</param>
/// <param name="Variable">The variable.</param>
/// <param name="Distance">How many bytes behind it.</param>
/// <param name="IsEvidence">Whether it is executed in any case: <see cref="Evidence"/>.</param>
internal readonly record struct MovingUse(Instruction Instruction, int Depth, int Block, int Variable, long Distance, bool IsEvidence)
{
    /// <summary>Whether it can be made a load that is executed in any case.</summary>
    public bool CanBeKept => Instruction.OpCode.Code is >= Code.Ldind_I1 and <= Code.Ldind_R8 && Instruction.Previous is not { OpCode.OpCodeType: OpCodeType.Prefix };
}
