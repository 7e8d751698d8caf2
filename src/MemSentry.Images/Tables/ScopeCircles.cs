using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using MemSentry.Images.Signatures;

namespace MemSentry.Images.Tables;

/// <summary>Where types lie and what they extend: nesting, scopes of references, forwarded types, base types.</summary>
internal static class ScopeCircles
{
    /// <summary>Checks that each of them ends.</summary>
    public static void Require(MetadataReader metadata)
    {
        int[] outer = OuterTypes(metadata);
        Circles.Refuse(outer.Length - 1, row => outer[row], "nested types");
        Circles.Refuse(metadata.GetTableRowCount(TableIndex.TypeRef), row => ScopeOf(metadata, row), "scopes of type references");
        Circles.Refuse(metadata.GetTableRowCount(TableIndex.ExportedType), row => ImplementationOf(metadata, row), "scopes of forwarded types");
        Circles.Refuse(metadata.TypeDefinitions.Count, row => BaseOf(metadata, row), "base types");
    }

    private static int[] OuterTypes(MetadataReader metadata)
    {
        int[] outer = new int[metadata.TypeDefinitions.Count + 1];
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
        {
            foreach (TypeDefinitionHandle nested in metadata.GetTypeDefinition(handle).GetNestedTypes())
            {
                int row = metadata.GetRowNumber(nested);
                if (row >= outer.Length || outer[row] != 0)
                    throw new BadImageFormatException("A type is nested in two others, or does not exist.");
                outer[row] = metadata.GetRowNumber(handle);
            }
        }

        return outer;
    }

    private static int ScopeOf(MetadataReader metadata, int row) => RowIn(
        metadata, metadata.GetTypeReference(MetadataTokens.TypeReferenceHandle(row)).ResolutionScope, HandleKind.TypeReference);

    private static int ImplementationOf(MetadataReader metadata, int row) => RowIn(
        metadata, metadata.GetExportedType(MetadataTokens.ExportedTypeHandle(row)).Implementation, HandleKind.ExportedType);

    private static int BaseOf(MetadataReader metadata, int row) =>
        TypeTokens.DefinitionIn(metadata, metadata.GetTypeDefinition(MetadataTokens.TypeDefinitionHandle(row)).BaseType);

    private static int RowIn(MetadataReader metadata, EntityHandle handle, HandleKind kind) =>
        !handle.IsNil && handle.Kind == kind ? metadata.GetRowNumber(handle) : 0;
}
