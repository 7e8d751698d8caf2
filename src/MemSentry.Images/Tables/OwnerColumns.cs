using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MemSentry.Images.Tables;

/// <summary>
/// Rows that add something to a row of another table name it: a nested class its outer one, a layout its type (ECMA-335 II.22). A name of zero is nobody's;
/// whoever adds a type to the module, which has no row yet, would find it belongs to that.
/// </summary>
internal static class OwnerColumns
{
    // Where the column is: behind so many bytes of fixed size.
    private static readonly (TableIndex Table, int Offset, TableIndex[] Owners)[] Columns =
    [
        (TableIndex.InterfaceImpl, 0, [TableIndex.TypeDef]),
        (TableIndex.FieldMarshal, 0, [TableIndex.Field, TableIndex.Param]),
        (TableIndex.ClassLayout, 6, [TableIndex.TypeDef]),
        (TableIndex.FieldLayout, 4, [TableIndex.Field]),
        (TableIndex.EventMap, 0, [TableIndex.TypeDef]),
        (TableIndex.PropertyMap, 0, [TableIndex.TypeDef]),
        (TableIndex.MethodImpl, 0, [TableIndex.TypeDef]),
        (TableIndex.ImplMap, 2, [TableIndex.Field, TableIndex.MethodDef]),
        (TableIndex.FieldRva, 4, [TableIndex.Field]),
        (TableIndex.NestedClass, 0, [TableIndex.TypeDef]),
        (TableIndex.GenericParam, 4, [TableIndex.TypeDef, TableIndex.MethodDef]),
        (TableIndex.GenericParamConstraint, 0, [TableIndex.GenericParam]),
    ];

    /// <summary>Checks that every owner exists.</summary>
    public static void Require(MetadataReader metadata)
    {
        foreach ((TableIndex table, int offset, TableIndex[] owners) in Columns)
            Require(metadata, table, offset, owners);

        int typeIndex = metadata.GetTableRowCount(TableIndex.TypeDef) > ushort.MaxValue ? sizeof(uint) : sizeof(ushort);
        Require(metadata, TableIndex.NestedClass, typeIndex, [TableIndex.TypeDef]);
        foreach (CustomAttributeHandle attribute in metadata.CustomAttributes)
            Require(metadata.GetCustomAttribute(attribute).Parent, TableIndex.CustomAttribute);
        foreach (DeclarativeSecurityAttributeHandle attribute in metadata.DeclarativeSecurityAttributes)
            Require(metadata.GetDeclarativeSecurityAttribute(attribute).Parent, TableIndex.DeclSecurity);
        for (int row = 1; row <= metadata.GetTableRowCount(TableIndex.Constant); row++)
            Require(metadata.GetConstant(MetadataTokens.ConstantHandle(row)).Parent, TableIndex.Constant);
    }

    /// <summary>One of two tables is told by the lowest bit of the number (II.24.2.6).</summary>
    private static unsafe void Require(MetadataReader metadata, TableIndex table, int offset, TableIndex[] owners)
    {
        int tagBits = owners.Length - 1;
        int most = owners.Max(o => metadata.GetTableRowCount(o));
        bool isWide = most > ushort.MaxValue >> tagBits;
        int rowSize = metadata.GetTableRowSize(table);
        var rows = new BlobReader(metadata.MetadataPointer + metadata.GetTableMetadataOffset(table), rowSize * metadata.GetTableRowCount(table));
        for (int at = offset; at < rows.Length; at += rowSize)
        {
            rows.Offset = at;
            uint number = isWide ? rows.ReadUInt32() : rows.ReadUInt16();
            uint owner = number >> tagBits;
            if (owner == 0 || owner > metadata.GetTableRowCount(owners[(int)(number & (uint)tagBits)]))
                throw Nobody(table);
        }
    }

    private static void Require(EntityHandle owner, TableIndex table)
    {
        if (owner.IsNil)
            throw Nobody(table);
    }

    private static BadImageFormatException Nobody(TableIndex table) => new($"A row of the table {table} belongs to nobody.");
}
