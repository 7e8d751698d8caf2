using MemSentry.Analysis.Provenance;
using Mono.Cecil;

namespace MemSentry.Analysis.Stack;

/// <summary>
/// Maps metadata types to stack values for one module, and remembers what it looked up. A reference by token does not say whether its type
/// is a value type, so references are resolved; a type that cannot be resolved stops the analysis instead of being guessed.
/// </summary>
internal sealed class StackTypes
{
    /// <summary>By what a reference is an instance of, because instances of generic types are made anew at every use.</summary>
    private readonly Dictionary<TypeReference, StackValue> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Which types have managed references inside.</summary>
    public ReferenceHolders Holders { get; } = new();

    /// <summary>The stack value of a variable of the given type, holding addresses of the given origin if it holds any.</summary>
    /// <exception cref="AssemblyResolutionException">The type lies in an assembly that was not found.</exception>
    /// <exception cref="NotModelledException">The type does not exist in the assembly that should hold it.</exception>
    public StackValue Of(TypeReference type, AddressOrigin origin)
    {
        type = WithoutModifiers(type);
        switch (type.MetadataType)
        {
            case MetadataType.Boolean or MetadataType.Char or MetadataType.SByte or MetadataType.Byte
                or MetadataType.Int16 or MetadataType.UInt16 or MetadataType.Int32 or MetadataType.UInt32:
                return StackValue.Int32;
            case MetadataType.Int64 or MetadataType.UInt64:
                return StackValue.Int64;
            case MetadataType.IntPtr or MetadataType.UIntPtr:
                return StackValue.Native(origin);
            case MetadataType.Pointer or MetadataType.FunctionPointer:
                return StackValue.Native(origin, type);
            case MetadataType.Single:
                return StackValue.Float32;
            case MetadataType.Double:
                return StackValue.Float64;
            case MetadataType.ByReference:
                return StackValue.Reference(origin, ((ByReferenceType)type).ElementType);
            case MetadataType.String or MetadataType.Object or MetadataType.Array:
                return StackValue.Object;
            case MetadataType.Var or MetadataType.MVar or MetadataType.TypedByReference:
                return Structure(type, origin);
            case MetadataType.Class or MetadataType.ValueType or MetadataType.GenericInstance:
                TypeReference element = type.GetElementType();
                if (!_known.TryGetValue(element, out StackValue value))
                {
                    value = Resolve(element);
                    _known.Add(element, value);
                }

                // A structure with references inside, or a type named System.IntPtr that the metadata spells out as a value type.
                return new StackValue(
                    value.Kind,
                    value.Kind == StackKind.Value ? type : value.Type,
                    value.Origin == AddressOrigin.NotAnAddress ? AddressOrigin.NotAnAddress : origin);
            default:
                throw new NotModelledException($"the type {type} cannot stand on the evaluation stack");
        }
    }

    /// <summary>
    /// What a reference refers to after it was made to look like another: <c>void</c> if it may be anything but a structure with references inside, null if
    /// it may be that too.
    /// </summary>
    public TypeReference? Retyped(TypeReference? before) => before is null || Holders.Include(before) ? null : before.Module.TypeSystem.Void;

    /// <summary>Strips <c>modreq</c>, <c>modopt</c>, <c>pinned</c> and the vararg sentinel, none of which changes what a value is.</summary>
    public static TypeReference WithoutModifiers(TypeReference type)
    {
        while (type is IModifierType or PinnedType or SentinelType)
        {
            type = ((TypeSpecification)type).ElementType;
        }

        return type;
    }

    private StackValue Resolve(TypeReference type)
    {
        TypeDefinition definition = type.Resolve()
            ?? throw new NotModelledException($"the type {type.FullName} does not exist in {type.Scope}");
        if (!definition.IsValueType)
        {
            return StackValue.Object;
        }

        // Cecil writes a signature with what the reference claims; local variables of this type must say "value type".
        if (type is { IsDefinition: false, IsValueType: false })
        {
            type.IsValueType = true;
        }

        if (definition.IsEnum)
        {
            // Nothing but a primitive: an enumeration of itself would never end.
            return definition.Fields.First(f => !f.IsStatic).FieldType is { IsPrimitive: true } number
                ? Of(number, AddressOrigin.NotAnAddress)
                : throw new NotModelledException($"the enumeration {type.FullName} is not made of numbers");
        }

        return definition.Namespace == "System" && definition.IsPrimitive
            ? Primitive(definition.Name, type)
            : Structure(type, AddressOrigin.SeveralOrigins);
    }

    private StackValue Structure(TypeReference type, AddressOrigin origin) =>
        Holders.Include(type) ? StackValue.Structure(type, origin) : StackValue.Value(type);

    private static StackValue Primitive(string name, TypeReference type) => name switch
    {
        "IntPtr" or "UIntPtr" => StackValue.Native(AddressOrigin.SeveralOrigins),
        "Int64" or "UInt64" => StackValue.Int64,
        "Single" => StackValue.Float32,
        "Double" => StackValue.Float64,
        "Boolean" or "Char" or "SByte" or "Byte" or "Int16" or "UInt16" or "Int32" or "UInt32" => StackValue.Int32,
        _ => StackValue.Value(type),
    };
}
