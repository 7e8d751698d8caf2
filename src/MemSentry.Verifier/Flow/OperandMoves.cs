using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>
/// Instructions of which checks are made, and those that move operands about around them: they call nobody, write no memory but variables and the stack, and
/// jump only past a compare. What a check found holds behind any number of them.
/// </summary>
internal static class OperandMoves
{
    public static bool Include(Instruction instruction) => instruction.OpCode.Code switch
    {
        IL.Nop or IL.Dup or IL.Pop or IL.Ldnull or IL.Ldstr or IL.Sizeof or IL.Ldc_I8 => true,
        >= IL.Ldc_I4_M1 and <= IL.Ldc_I4 => true,
        >= IL.Ldarg_0 and <= IL.Stloc_3 => true,
        IL.Ldarg or IL.Ldarg_S or IL.Ldarga or IL.Ldarga_S or IL.Starg or IL.Starg_S => true,
        IL.Ldloc or IL.Ldloc_S or IL.Ldloca or IL.Ldloca_S or IL.Stloc or IL.Stloc_S => true,
        IL.Conv_I or IL.Conv_U or IL.Conv_I8 or IL.Conv_U8 or IL.Shr_Un or IL.Or or IL.Beq or IL.Beq_S or IL.Bne_Un or IL.Bne_Un_S => true,

        // Reads what lies behind an address, in order to check it.
        IL.Ldobj => true,

        // Reads a copy back, in order to make it new.
        IL.Ldind_I => true,

        // The address of code, which a constructor of a delegate is about to take.
        IL.Ldftn or IL.Ldvirtftn => true,
        IL.Call => BorderChecks.IsCheck(instruction),
        _ => instruction.OpCode.OpCodeType == OpCodeType.Prefix,
    };
}
