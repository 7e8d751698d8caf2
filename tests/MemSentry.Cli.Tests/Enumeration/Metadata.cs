using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MemSentry.Cli.Tests.Enumeration;

/// <summary>Answers what an instruction's token means for the stack.</summary>
internal sealed class Metadata(MetadataReader reader)
{
    private readonly ShapeProvider _shapes = new();

    /// <summary>What a value of a type is on the stack.</summary>
    public Slot SlotOf(int typeToken) => ShapeOf((EntityHandle)MetadataTokens.Handle(typeToken)).Slot;

    /// <summary>What the value of a field is on the stack.</summary>
    public Slot SlotOfField(int token)
    {
        EntityHandle handle = (EntityHandle)MetadataTokens.Handle(token);
        if (handle.Kind == HandleKind.FieldDefinition)
            return reader.GetFieldDefinition((FieldDefinitionHandle)handle).DecodeSignature(_shapes, GenericScope.Open).Slot;

        MemberReference field = reader.GetMemberReference((MemberReferenceHandle)handle);
        return field.DecodeFieldSignature(_shapes, new GenericScope(ArgumentsOf(field.Parent), [])).Slot;
    }

    /// <summary>The signature of a member that is called, and what a constructor of its type makes.</summary>
    public (MethodSignature<TypeShape> Signature, TypeShape? Parent) Callee(int token)
    {
        EntityHandle handle = (EntityHandle)MetadataTokens.Handle(token);
        ImmutableArray<TypeShape> methodArguments = [];
        if (handle.Kind == HandleKind.MethodSpecification)
        {
            MethodSpecification instance = reader.GetMethodSpecification((MethodSpecificationHandle)handle);
            methodArguments = instance.DecodeSignature(_shapes, GenericScope.Open);
            handle = instance.Method;
        }

        if (handle.Kind == HandleKind.MethodDefinition)
        {
            MethodDefinition definition = reader.GetMethodDefinition((MethodDefinitionHandle)handle);
            return (definition.DecodeSignature(_shapes, new GenericScope([], methodArguments)), ShapeOf(definition.GetDeclaringType()));
        }

        MemberReference member = reader.GetMemberReference((MemberReferenceHandle)handle);
        EntityHandle parent = member.Parent;
        return (member.DecodeMethodSignature(_shapes, new GenericScope(ArgumentsOf(parent), methodArguments)), ShapeOf(parent));
    }

    /// <summary>The signature of an indirect call.</summary>
    public MethodSignature<TypeShape> CallSite(int token) =>
        reader.GetStandaloneSignature((StandaloneSignatureHandle)MetadataTokens.Handle(token)).DecodeMethodSignature(_shapes, GenericScope.Open);

    /// <summary>The arguments of a member on entry, <c>this</c> first.</summary>
    public Slot[] ArgumentsOf(MethodDefinition method)
    {
        MethodSignature<TypeShape> signature = method.DecodeSignature(_shapes, GenericScope.Open);
        IEnumerable<Slot> declared = signature.ParameterTypes.Select(p => p.Slot);
        return signature.Header.IsInstance && !signature.Header.HasExplicitThis
            ? [IsValueType(method.GetDeclaringType()) ? Slot.Reference : Slot.Other, .. declared]
            : [.. declared];
    }

    /// <summary>The local variables of a body.</summary>
    public Slot[] LocalsOf(MethodBodyBlock body) => body.LocalSignature.IsNil
        ? []
        : [.. reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_shapes, GenericScope.Open).Select(l => l.Slot)];

    private TypeShape ShapeOf(EntityHandle type) => type.Kind switch
    {
        HandleKind.TypeDefinition => _shapes.GetTypeFromDefinition(reader, (TypeDefinitionHandle)type, 0),
        HandleKind.TypeReference => _shapes.GetTypeFromReference(reader, (TypeReferenceHandle)type, 0),
        HandleKind.TypeSpecification => _shapes.GetTypeFromSpecification(reader, GenericScope.Open, (TypeSpecificationHandle)type, 0),
        _ => TypeShape.Of(Slot.Other),
    };

    private ImmutableArray<TypeShape> ArgumentsOf(EntityHandle parent) => ShapeOf(parent).Arguments;

    private bool IsValueType(TypeDefinitionHandle handle)
    {
        EntityHandle parent = reader.GetTypeDefinition(handle).BaseType;
        if (parent.IsNil)
            return false;

        (StringHandle space, StringHandle name) = parent.Kind switch
        {
            HandleKind.TypeReference => (reader.GetTypeReference((TypeReferenceHandle)parent).Namespace, reader.GetTypeReference((TypeReferenceHandle)parent).Name),
            HandleKind.TypeDefinition => (reader.GetTypeDefinition((TypeDefinitionHandle)parent).Namespace, reader.GetTypeDefinition((TypeDefinitionHandle)parent).Name),
            _ => default,
        };

        // System.Enum itself is a class that extends System.ValueType, and so is System.ValueType, which extends Object.
        TypeDefinition self = reader.GetTypeDefinition(handle);
        bool isEnum = reader.StringComparer.Equals(self.Name, "Enum") && reader.StringComparer.Equals(self.Namespace, "System");
        return !space.IsNil && !isEnum && reader.StringComparer.Equals(space, "System") && reader.GetString(name) is "ValueType" or "Enum";
    }
}
