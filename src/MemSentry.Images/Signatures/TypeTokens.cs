using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MemSentry.Images.Signatures;

/// <summary>What a type token leads to in the same module.</summary>
internal static class TypeTokens
{
    private const byte GenericInstance = (byte)SignatureTypeCode.GenericTypeInstance;

    /// <summary>The row of the type definition that a handle means, generic arguments left aside; 0 if it means none of this module.</summary>
    public static int DefinitionIn(MetadataReader metadata, EntityHandle type)
    {
        if (type.IsNil)
            return 0;
        if (type.Kind == HandleKind.TypeDefinition)
            return metadata.GetRowNumber(type);
        if (type.Kind != HandleKind.TypeSpecification)
            return 0;

        BlobReader signature = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)type).Signature);
        if (signature.Length < 3 || signature.ReadByte() != GenericInstance)
            return 0;
        signature.ReadByte();
        EntityHandle generic = signature.ReadTypeHandle();
        return !generic.IsNil && generic.Kind == HandleKind.TypeDefinition ? metadata.GetRowNumber(generic) : 0;
    }
}
