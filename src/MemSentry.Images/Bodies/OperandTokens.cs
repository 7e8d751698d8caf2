using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MemSentry.Images.Bodies;

/// <summary>
/// The tokens of instructions (ECMA-335 III.1.9). An opcode asks for a field, a member, a type; who reads a body takes it at its word, and finds a
/// member where it expects a field.
/// </summary>
internal sealed class OperandTokens(MetadataReader metadata)
{
    private const uint StringHeap = 0x70;

    private readonly int[] _rows = [.. Enumerable.Range(0, 64).Select(t => t < MetadataTokens.TableCount ? metadata.GetTableRowCount((TableIndex)t) : 0)];
    private readonly bool[] _isField = [.. FieldReferences(metadata)];
    private readonly int _strings = metadata.GetHeapSize(HeapIndex.UserString);

    /// <summary>Checks the token of an instruction.</summary>
    /// <exception cref="BadImageFormatException">It names nothing, or nothing of the kind that is asked for.</exception>
    public void Require(OperandType operand, uint token)
    {
        uint table = token >> 24;
        int row = (int)(token & 0xffffff);
        if (operand == OperandType.InlineString)
        {
            if (table != StringHeap || row >= _strings)
                throw new BadImageFormatException("An instruction names a string that does not exist.");
        }
        else if (table >= _rows.Length || row == 0 || row > _rows[table] || !Fits(operand, (TableIndex)table, row))
        {
            throw new BadImageFormatException("An instruction names something that does not exist, or is of another kind than its opcode asks for.");
        }
    }

    private bool Fits(OperandType operand, TableIndex table, int row) => table switch
    {
        TableIndex.Field => operand is OperandType.InlineField or OperandType.InlineTok,
        TableIndex.MethodDef or TableIndex.MethodSpec => operand is OperandType.InlineMethod or OperandType.InlineTok,
        TableIndex.MemberRef => operand == OperandType.InlineTok || operand == (_isField[row] ? OperandType.InlineField : OperandType.InlineMethod),
        TableIndex.TypeDef or TableIndex.TypeRef or TableIndex.TypeSpec => operand is OperandType.InlineType or OperandType.InlineTok,
        TableIndex.StandAloneSig => operand == OperandType.InlineSig,
        _ => false,
    };

    // A reference says by the first byte of its signature what it refers to (II.23.2.4).
    private static IEnumerable<bool> FieldReferences(MetadataReader metadata)
    {
        const byte kindMask = 0x0f, field = 0x06;
        yield return false;
        foreach (MemberReferenceHandle member in metadata.MemberReferences)
            yield return (metadata.GetBlobReader(metadata.GetMemberReference(member).Signature).ReadByte() & kindMask) == field;
    }
}
