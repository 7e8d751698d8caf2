using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace MemSentry.Analysis.Prescan;

/// <summary>The types that declare the members which instructions name.</summary>
internal sealed class DeclaringTypes(MetadataReader metadata, SignatureKinds signatures)
{
    /// <summary>
    /// Whether a type has type parameters. Code names its own generic types with their arguments, like those of others: a definition token is not what a
    /// compiler writes.
    /// </summary>
    public bool IsGeneric(TypeDefinitionHandle type) => metadata.GetTypeDefinition(type).GetGenericParameters().Count > 0;

    /// <summary>The type of which a reference names a member, without and with its arguments; null for arrays and whatever else has no name.</summary>
    public (EntityHandle Type, ImmutableArray<SlotKind> Arguments)? Of(MemberReference member)
    {
        switch (member.Parent.Kind)
        {
            case HandleKind.TypeReference or HandleKind.TypeDefinition:
                return (member.Parent, default);
            case HandleKind.TypeSpecification:
                return Instance(metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)member.Parent).Signature));
            default:
                return null;
        }
    }

    /// <summary>Reads a generic instance (ECMA-335 II.23.2.12).</summary>
    private (EntityHandle Type, ImmutableArray<SlotKind> Arguments)? Instance(BlobReader blob)
    {
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance || blob.ReadCompressedInteger() is not ((int)SignatureTypeKind.Class or (int)SignatureTypeKind.ValueType))
        {
            return null;
        }

        EntityHandle definition = blob.ReadTypeHandle();
        var decoder = new System.Reflection.Metadata.Ecma335.SignatureDecoder<SlotKind, TypeArguments>(signatures, metadata, default);
        var arguments = ImmutableArray.CreateBuilder<SlotKind>();
        for (int count = blob.ReadCompressedInteger(); count > 0; count--)
        {
            arguments.Add(decoder.DecodeType(ref blob));
        }

        return (definition, arguments.ToImmutable());
    }
}
