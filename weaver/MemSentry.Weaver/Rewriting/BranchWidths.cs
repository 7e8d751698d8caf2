using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting;

/// <summary>
/// Widens short branches that no longer reach their targets. Starting from the encodings as they are and only ever widening, the loop
/// ends at the smallest solution that keeps the input's own long branches.
/// </summary>
internal static class BranchWidths
{
    private static readonly Dictionary<Code, OpCode> LongForms = new()
    {
        [Code.Br_S] = OpCodes.Br,
        [Code.Brfalse_S] = OpCodes.Brfalse,
        [Code.Brtrue_S] = OpCodes.Brtrue,
        [Code.Beq_S] = OpCodes.Beq,
        [Code.Bge_S] = OpCodes.Bge,
        [Code.Bgt_S] = OpCodes.Bgt,
        [Code.Ble_S] = OpCodes.Ble,
        [Code.Blt_S] = OpCodes.Blt,
        [Code.Bne_Un_S] = OpCodes.Bne_Un,
        [Code.Bge_Un_S] = OpCodes.Bge_Un,
        [Code.Bgt_Un_S] = OpCodes.Bgt_Un,
        [Code.Ble_Un_S] = OpCodes.Ble_Un,
        [Code.Blt_Un_S] = OpCodes.Blt_Un,
        [Code.Leave_S] = OpCodes.Leave,
    };

    /// <summary>Leaves the body with every branch in reach and every offset right.</summary>
    public static void Fit(MethodBody body)
    {
        BodyOffsets.Compute(body);
        List<Instruction> narrow = [.. body.Instructions.Where(i => i.OpCode.OperandType == OperandType.ShortInlineBrTarget)];
        while (narrow.RemoveAll(WidenOutOfReach) > 0)
            BodyOffsets.Compute(body);
    }

    private static bool WidenOutOfReach(Instruction branch)
    {
        if (Reaches(branch))
            return false;

        branch.OpCode = LongForms[branch.OpCode.Code];
        return true;
    }

    private static bool Reaches(Instruction branch)
    {
        int distance = ((Instruction)branch.Operand).Offset - (branch.Offset + branch.GetSize());
        return distance is >= sbyte.MinValue and <= sbyte.MaxValue;
    }
}
