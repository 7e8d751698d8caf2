using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MemSentry.Images.Tables;

/// <summary>Structures do not contain themselves: their size would be infinite, and whoever looks into them never gets out.</summary>
internal static class LayoutCircles
{
    private const byte Unseen = 0, InProgress = 1, Done = 2;
    private const int Deepest = 256;

    /// <summary>Checks the instance fields of all types, generic arguments left aside.</summary>
    public static void Require(MetadataReader metadata)
    {
        byte[] state = new byte[metadata.TypeDefinitions.Count + 1];
        foreach (TypeDefinitionHandle type in metadata.TypeDefinitions)
            Visit(metadata, metadata.GetRowNumber(type), state, 0);
    }

    private static void Visit(MetadataReader metadata, int row, byte[] state, int depth)
    {
        if (state[row] == Done)
            return;
        if (state[row] == InProgress || depth > Deepest)
            throw new BadImageFormatException("A structure contains itself, or structures are nested too deep.");

        state[row] = InProgress;
        foreach (FieldDefinitionHandle handle in metadata.GetTypeDefinition(MetadataTokens.TypeDefinitionHandle(row)).GetFields())
        {
            FieldDefinition field = metadata.GetFieldDefinition(handle);
            if ((field.Attributes & FieldAttributes.Static) == 0 && StructureOf(metadata, field.Signature) is > 0 and var structure)
                Visit(metadata, structure, state, depth + 1);
        }

        state[row] = Done;
    }

    /// <summary>The row of the structure that a field holds; 0 if it holds something else, or one of another module.</summary>
    private static int StructureOf(MetadataReader metadata, BlobHandle signature)
    {
        const byte valueType = 0x11, genericInstance = 0x15, required = 0x1f, optional = 0x20;
        BlobReader field = metadata.GetBlobReader(signature);
        field.ReadByte();
        byte code = field.ReadByte();
        for (; code is required or optional; code = field.ReadByte())
            field.ReadCompressedInteger();
        if (code == genericInstance)
            code = field.ReadByte();
        if (code != valueType)
            return 0;

        EntityHandle type = field.ReadTypeHandle();
        return !type.IsNil && type.Kind == HandleKind.TypeDefinition ? metadata.GetRowNumber(type) : 0;
    }
}
