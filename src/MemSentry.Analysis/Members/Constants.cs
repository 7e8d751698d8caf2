using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Members;

/// <summary>Instructions that push a constant.</summary>
internal static class Constants
{
    /// <summary>The int32 that an instruction pushes; null if it is no such constant.</summary>
    public static int? Of(Instruction instruction) => instruction.OpCode.Code switch
    {
        >= Code.Ldc_I4_M1 and <= Code.Ldc_I4_8 => instruction.OpCode.Code - Code.Ldc_I4_0,
        Code.Ldc_I4_S => (sbyte)instruction.Operand,
        Code.Ldc_I4 => (int)instruction.Operand,
        _ => null,
    };
}
