using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace MemSentry.Images;

/// <summary>Walks IL from instruction to instruction, for the one opcode that says how long it is.</summary>
internal static class SwitchTargets
{
    private const byte TwoBytes = 0xfe;
    private const byte Variable = byte.MaxValue;
    private const byte Undefined = byte.MaxValue - 1;

    private static readonly byte[] OneByte = OperandSizes(twoBytes: false);
    private static readonly byte[] SecondByte = OperandSizes(twoBytes: true);

    /// <summary>A table of branch targets (ECMA-335 III.3.66) ends within the body.</summary>
    public static void Require(BlobReader code)
    {
        while (code.RemainingBytes > 0)
        {
            byte opcode = code.ReadByte();
            byte size = opcode != TwoBytes ? OneByte[opcode] : code.RemainingBytes > 0 ? SecondByte[code.ReadByte()] : Undefined;

            // What comes after an opcode that does not exist has no meaning; Cecil refuses the body.
            if (size == Undefined)
                return;
            long length = size == Variable ? code.RemainingBytes < sizeof(uint) ? long.MaxValue : (long)code.ReadUInt32() * sizeof(int) : size;
            if (length > code.RemainingBytes)
                throw new BadImageFormatException("An instruction ends outside its method body.");
            code.Offset += (int)length;
        }
    }

    private static byte[] OperandSizes(bool twoBytes)
    {
        byte[] sizes = new byte[256];
        Array.Fill(sizes, Undefined);
        foreach (var field in typeof(OpCodes).GetFields())
        {
            var opcode = (OpCode)field.GetValue(null)!;
            if (opcode.Size == 2 == twoBytes && opcode.OpCodeType != OpCodeType.Nternal)
                sizes[(byte)opcode.Value] = SizeOf(opcode.OperandType);
        }

        return sizes;
    }

    private static byte SizeOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => Variable,
        _ => 4,
    };
}
