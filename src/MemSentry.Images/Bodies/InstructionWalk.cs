using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace MemSentry.Images.Bodies;

/// <summary>Walks IL from instruction to instruction: each ends within its body, and its token, if it has one, is of the kind that its opcode asks for.</summary>
internal sealed class InstructionWalk(OperandTokens tokens)
{
    private const byte TwoBytes = 0xfe;
    private const OperandType Undefined = (OperandType)byte.MaxValue;

    private static readonly OperandType[] OneByte = OperandsOf(size: 1);
    private static readonly OperandType[] SecondByte = OperandsOf(size: 2);

    /// <summary>Walks a body.</summary>
    /// <exception cref="BadImageFormatException">It cannot be read.</exception>
    public void Require(BlobReader code)
    {
        while (code.RemainingBytes > 0)
        {
            byte opcode = code.ReadByte();
            OperandType operand = opcode != TwoBytes ? OneByte[opcode] : code.RemainingBytes > 0 ? SecondByte[code.ReadByte()] : Undefined;

            // What comes after an opcode that does not exist has no meaning; Cecil refuses the body.
            if (operand == Undefined)
                return;
            int start = code.Offset;
            long length = LengthOf(operand, code);
            if (length > code.RemainingBytes)
                throw new BadImageFormatException("An instruction ends outside its method body.");
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineTok or OperandType.InlineSig or OperandType.InlineString)
                tokens.Require(operand, code.ReadUInt32());
            code.Offset = start + (int)length;
        }
    }

    /// <summary>A <c>switch</c> says itself how many targets it has (ECMA-335 III.3.66).</summary>
    private static long LengthOf(OperandType operand, BlobReader rest) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => rest.RemainingBytes < sizeof(uint) ? long.MaxValue : sizeof(uint) + ((long)rest.ReadUInt32() * sizeof(int)),
        _ => 4,
    };

    private static OperandType[] OperandsOf(int size)
    {
        var operands = new OperandType[256];
        Array.Fill(operands, Undefined);
        foreach (var field in typeof(OpCodes).GetFields())
        {
            var opcode = (OpCode)field.GetValue(null)!;
            if (opcode.Size == size && opcode.OpCodeType != OpCodeType.Nternal)
                operands[(byte)opcode.Value] = opcode.OperandType;
        }

        return operands;
    }
}
