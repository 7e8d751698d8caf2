using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>
/// Loads that a loop's end depends on: directly behind each comes a branch that leaves a loop on one side only, on the loaded value or its comparison with a constant between the least and the
/// greatest value of its type. The JIT cannot leave such a load out.
/// </summary>
internal static class NeededLoads
{
    public static HashSet<Instruction> In(BodyCode code, Func<int, bool> neverGoesOn)
    {
        int[] candidates = [.. Enumerable.Range(0, code.Instructions.Length).Where(i => LoadBefore(i, code) is not null)];
        if (candidates.Length == 0)
            return [];

        HashSet<int> exits = LoopExits.Of(code, neverGoesOn);
        return [.. candidates.Where(exits.Contains).Select(i => LoadBefore(i, code)!)];
    }

    private static Instruction? LoadBefore(int branch, BodyCode code)
    {
        Instruction last = code.Instructions[branch];
        if (last.OpCode.FlowControl != FlowControl.Cond_Branch || last.OpCode.Code == IL.Switch || branch < 2)
            return null;

        Instruction before = code.Instructions[branch - 1];
        if (last.OpCode.Code is IL.Brtrue or IL.Brtrue_S or IL.Brfalse or IL.Brfalse_S)
            return Greatest(before) is null ? null : before;

        Instruction load = code.Instructions[branch - 2];
        return Greatest(load) is { } greatest && Pushed(before) is { } constant && constant > 0 && constant < greatest ? load : null;
    }

    /// <summary>Values from zero to this one are among those that a load can have.</summary>
    private static int? Greatest(Instruction load) => load.OpCode.Code switch
    {
        IL.Ldind_U1 => byte.MaxValue,
        IL.Ldind_U2 => ushort.MaxValue,
        IL.Ldind_I4 => int.MaxValue,
        _ => null,
    };

    private static int? Pushed(Instruction instruction) => instruction.OpCode.Code switch
    {
        >= IL.Ldc_I4_0 and <= IL.Ldc_I4_8 => instruction.OpCode.Code - IL.Ldc_I4_0,
        IL.Ldc_I4_S => (sbyte)instruction.Operand,
        IL.Ldc_I4 => (int)instruction.Operand,
        _ => null,
    };
}
