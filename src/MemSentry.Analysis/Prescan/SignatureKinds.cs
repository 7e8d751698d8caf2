using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace MemSentry.Analysis.Prescan;

/// <summary>Reads signatures (ECMA-335 II.23.2) as kinds.</summary>
internal sealed class SignatureKinds(TypeKinds types) : ISignatureTypeProvider<SlotKind, TypeArguments>
{
    /// <summary>What a value is of a type that a token names, which may mention the type parameters of the code that is scanned.</summary>
    public SlotKind Of(MetadataReader metadata, EntityHandle type) => type.Kind switch
    {
        HandleKind.TypeDefinition or HandleKind.TypeReference => types.Of(type),
        HandleKind.TypeSpecification => GetTypeFromSpecification(metadata, default, (TypeSpecificationHandle)type, 0),
        _ => SlotKind.Address,
    };

    public SlotKind GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode switch
    {
        PrimitiveTypeCode.Void => SlotKind.Nothing,
        PrimitiveTypeCode.String or PrimitiveTypeCode.Object => SlotKind.Object,
        PrimitiveTypeCode.IntPtr or PrimitiveTypeCode.UIntPtr or PrimitiveTypeCode.TypedReference => SlotKind.Address,
        _ => SlotKind.Number,
    };

    public SlotKind GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => types.Of(handle);

    public SlotKind GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => types.Of(handle);

    public SlotKind GetTypeFromSpecification(MetadataReader reader, TypeArguments genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public SlotKind GetSZArrayType(SlotKind elementType) => SlotKind.Object;

    public SlotKind GetArrayType(SlotKind elementType, ArrayShape shape) => SlotKind.Object;

    /// <summary>An instance is what its definition is. The access table knows structures around another (<c>Nullable&lt;GCHandle&gt;</c>), so an argument counts, too.</summary>
    public SlotKind GetGenericInstantiation(SlotKind genericType, ImmutableArray<SlotKind> typeArguments) =>
        genericType == SlotKind.Structure && typeArguments.Any(a => a is SlotKind.Address or SlotKind.Reference) ? SlotKind.Address : genericType;

    public SlotKind GetGenericTypeParameter(TypeArguments genericContext, int index) => TypeArguments.At(genericContext.OfType, index);

    public SlotKind GetGenericMethodParameter(TypeArguments genericContext, int index) => TypeArguments.At(genericContext.OfMethod, index);

    public SlotKind GetModifiedType(SlotKind modifier, SlotKind unmodifiedType, bool isRequired) => unmodifiedType;

    public SlotKind GetPinnedType(SlotKind elementType) => SlotKind.Address;

    public SlotKind GetByReferenceType(SlotKind elementType) =>
        elementType is SlotKind.Number or SlotKind.Object or SlotKind.Structure ? SlotKind.Reference : SlotKind.Address;

    public SlotKind GetPointerType(SlotKind elementType) => SlotKind.Address;

    public SlotKind GetFunctionPointerType(MethodSignature<SlotKind> signature) => SlotKind.Address;
}
