using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MemSentry.Images.Tables;

/// <summary>
/// Members belong to types by ranges of rows: each owner names its first one, and the range ends where the next begins (ECMA-335 II.22.37). So the
/// first rows never decrease and end at most one behind the table.
/// </summary>
internal static class RowLists
{
    /// <summary>Checks the ranges of fields and methods of types, and of parameters of methods.</summary>
    public static void Require(MetadataReader metadata)
    {
        Require(metadata, TableIndex.TypeDef, TableIndex.Field, TableIndex.FieldPtr, OffsetInTypeDefinition(metadata));
        Require(metadata, TableIndex.TypeDef, TableIndex.MethodDef, TableIndex.MethodPtr, OffsetInTypeDefinition(metadata) + IndexSize(metadata, TableIndex.Field, TableIndex.FieldPtr));
        Require(metadata, TableIndex.MethodDef, TableIndex.Param, TableIndex.ParamPtr, metadata.GetTableRowSize(TableIndex.MethodDef) - IndexSize(metadata, TableIndex.Param, TableIndex.ParamPtr));
        Require(metadata, TableIndex.PropertyMap, TableIndex.Property, TableIndex.PropertyPtr, IndexSize(metadata, TableIndex.TypeDef, TableIndex.TypeDef));
        Require(metadata, TableIndex.EventMap, TableIndex.Event, TableIndex.EventPtr, IndexSize(metadata, TableIndex.TypeDef, TableIndex.TypeDef));
    }

    // The two lists are the last columns of a row.
    private static int OffsetInTypeDefinition(MetadataReader metadata) => metadata.GetTableRowSize(TableIndex.TypeDef)
        - IndexSize(metadata, TableIndex.Field, TableIndex.FieldPtr) - IndexSize(metadata, TableIndex.MethodDef, TableIndex.MethodPtr);

    private static int IndexSize(MetadataReader metadata, TableIndex table, TableIndex pointers) =>
        metadata.GetTableRowCount(metadata.GetTableRowCount(pointers) > 0 ? pointers : table) > ushort.MaxValue ? sizeof(uint) : sizeof(ushort);

    private static unsafe void Require(MetadataReader metadata, TableIndex owners, TableIndex members, TableIndex pointers, int column)
    {
        int width = IndexSize(metadata, members, pointers);
        int rowSize = metadata.GetTableRowSize(owners);
        int last = metadata.GetTableRowCount(metadata.GetTableRowCount(pointers) > 0 ? pointers : members) + 1;
        var row = new BlobReader(metadata.MetadataPointer + metadata.GetTableMetadataOffset(owners), rowSize * metadata.GetTableRowCount(owners));
        int before = 1;
        for (int at = column; at < row.Length; at += rowSize)
        {
            row.Offset = at;
            int first = width == sizeof(uint) ? row.ReadInt32() : row.ReadUInt16();
            if (first < before || first > last)
                throw new BadImageFormatException($"The ranges of rows of the table {members} are out of order.");
            before = first;
        }
    }
}
