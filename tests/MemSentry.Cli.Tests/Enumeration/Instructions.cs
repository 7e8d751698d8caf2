using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace MemSentry.Cli.Tests.Enumeration;

/// <summary>Cuts the bytes of a body into instructions, by the opcode table of the runtime's own reflection.</summary>
internal static class Instructions
{
    private static readonly Dictionary<ILOpCode, OpCode> Opcodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(o => (ILOpCode)(ushort)o.Value);

    public static SortedDictionary<int, DecodedInstruction> Decode(BlobReader code)
    {
        var decoded = new SortedDictionary<int, DecodedInstruction>();
        while (code.RemainingBytes > 0)
        {
            int offset = code.Offset;
            byte first = code.ReadByte();
            var value = first == 0xFE ? (ILOpCode)(0xFE00 | code.ReadByte()) : (ILOpCode)first;
            OpCode opcode = Opcodes[value];
            (int operand, int[] targets) = Operand(ref code, opcode.OperandType);
            decoded.Add(offset, new DecodedInstruction(offset, code.Offset, value, opcode, operand, targets));
        }

        return decoded;
    }

    private static (int Operand, int[] Targets) Operand(ref BlobReader code, OperandType type)
    {
        switch (type)
        {
            case OperandType.InlineNone:
                return (0, []);
            case OperandType.ShortInlineBrTarget:
                int near = code.ReadSByte();
                return (0, [code.Offset + near]);
            case OperandType.InlineBrTarget:
                int far = code.ReadInt32();
                return (0, [code.Offset + far]);
            case OperandType.InlineSwitch:
                int[] deltas = new int[code.ReadInt32()];
                for (int i = 0; i < deltas.Length; i++)
                    deltas[i] = code.ReadInt32();
                int next = code.Offset;
                return (0, [.. deltas.Select(d => next + d)]);
            case OperandType.ShortInlineVar or OperandType.ShortInlineI:
                return (code.ReadByte(), []);
            case OperandType.InlineVar:
                return (code.ReadUInt16(), []);
            case OperandType.InlineI8 or OperandType.InlineR:
                code.ReadInt64();
                return (0, []);
            default:
                return (code.ReadInt32(), []);
        }
    }
}
