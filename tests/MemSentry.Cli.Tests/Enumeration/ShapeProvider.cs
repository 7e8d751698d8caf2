using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace MemSentry.Cli.Tests.Enumeration;

/// <summary>Decodes signatures to <see cref="TypeShape"/>s: pointers and native integers are numbers, and names are looked at only for <c>IntPtr</c>.</summary>
internal sealed class ShapeProvider : ISignatureTypeProvider<TypeShape, GenericScope>
{
    private static readonly TypeShape Other = TypeShape.Of(Slot.Other);
    private static readonly TypeShape Number = TypeShape.Of(Slot.Number);

    public TypeShape GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode switch
    {
        PrimitiveTypeCode.IntPtr or PrimitiveTypeCode.UIntPtr => Number,
        PrimitiveTypeCode.Void => new TypeShape(Slot.Other, true, []),
        _ => Other,
    };

    public TypeShape GetPointerType(TypeShape elementType) => Number;

    public TypeShape GetFunctionPointerType(MethodSignature<TypeShape> signature) => Number;

    public TypeShape GetByReferenceType(TypeShape elementType) => TypeShape.Of(Slot.Reference);

    public TypeShape GetSZArrayType(TypeShape elementType) => Other;

    public TypeShape GetArrayType(TypeShape elementType, ArrayShape shape) => Other;

    public TypeShape GetModifiedType(TypeShape modifier, TypeShape unmodifiedType, bool isRequired) => unmodifiedType;

    public TypeShape GetPinnedType(TypeShape elementType) => elementType;

    public TypeShape GetGenericInstantiation(TypeShape genericType, ImmutableArray<TypeShape> typeArguments) =>
        genericType with { Arguments = typeArguments };

    public TypeShape GetGenericTypeParameter(GenericScope genericContext, int index) => At(genericContext.OfType, index);

    public TypeShape GetGenericMethodParameter(GenericScope genericContext, int index) => At(genericContext.OfMethod, index);

    public TypeShape GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        return Named(reader, type.Namespace, type.Name);
    }

    public TypeShape GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        TypeReference type = reader.GetTypeReference(handle);
        return Named(reader, type.Namespace, type.Name);
    }

    public TypeShape GetTypeFromSpecification(MetadataReader reader, GenericScope genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    private static TypeShape Named(MetadataReader reader, StringHandle space, StringHandle name) =>
        reader.StringComparer.Equals(space, "System") && reader.GetString(name) is "IntPtr" or "UIntPtr" ? Number : Other;

    private static TypeShape At(ImmutableArray<TypeShape> arguments, int index) => index < arguments.Length ? arguments[index] : Other;
}
