using Mono.Cecil;

namespace MemSentry.Verifier.Values;

/// <summary>What a variable of a type holds before anything is known of it. A type that cannot be resolved rejects the member.</summary>
internal sealed class TypeShapes
{
    private const GenericParameterAttributes AllowByRefLike = (GenericParameterAttributes)0x20;

    private readonly Dictionary<TypeReference, Value> _values = [];
    private readonly Dictionary<TypeDefinition, bool> _holders = [];

    /// <summary>The type without modifiers, pinning and the sentinel of variable arguments.</summary>
    public static TypeReference Bare(TypeReference type)
    {
        while (type is IModifierType or PinnedType or SentinelType)
            type = ((TypeSpecification)type).ElementType;
        return type;
    }

    /// <summary>What a managed reference of this type refers to; null for any other type.</summary>
    public static TypeReference? Referred(TypeReference type) => (Bare(type) as ByReferenceType)?.ElementType;

    /// <summary>An unproven value of the type.</summary>
    public Value Of(TypeReference type)
    {
        type = Bare(type);
        return type.MetadataType switch
        {
            >= MetadataType.Boolean and <= MetadataType.UInt32 => Value.Int32,
            MetadataType.Int64 or MetadataType.UInt64 or MetadataType.IntPtr or MetadataType.UIntPtr => Value.Raw,
            MetadataType.Pointer or MetadataType.FunctionPointer => Value.Raw,
            MetadataType.Single or MetadataType.Double => Value.Float,
            MetadataType.String or MetadataType.Object or MetadataType.Array => Value.Object,
            MetadataType.ByReference => Value.Reference(((ByReferenceType)type).ElementType, Proof.None),
            MetadataType.Var or MetadataType.MVar => Structure(type, ((GenericParameter)type).Attributes.HasFlag(AllowByRefLike)),
            MetadataType.TypedByReference => Structure(type, holds: true),
            MetadataType.Class or MetadataType.ValueType or MetadataType.GenericInstance => Named(type),
            _ => throw RejectionException.NotUnderstood($"A value has the type {type.FullName}"),
        };
    }

    /// <summary>A value of the type from somebody who answers for the references inside.</summary>
    public Value Vouched(TypeReference type) => Vouched(Of(type));

    /// <summary>A value, as somebody hands it over who answers for the references inside.</summary>
    public static Value Vouched(Value value) => value.Kind == ValueKind.Holder ? value with { Stands = true } : value;

    /// <summary>Whether a value of the type has, or may have, managed references inside.</summary>
    public bool HoldsReferences(TypeReference type) => Of(type).Kind == ValueKind.Holder;

    /// <summary>Whether what a reference of that type refers to has, or may have, managed references inside; null is an unknown type.</summary>
    public bool MayHold(TypeReference? type) => type is null || IsHolder(type);

    /// <summary>Whether what an address refers to is known to be a structure with managed references inside; it may refer to nothing that has a type.</summary>
    public bool IsHolder(TypeReference? type) => type is not null && type.MetadataType != MetadataType.Void && HoldsReferences(type);

    private static Value Structure(TypeReference type, bool holds) => new(holds ? ValueKind.Holder : ValueKind.Structure, Type: type);

    private bool HasReferences(TypeDefinition type)
    {
        if (_holders.TryGetValue(type, out bool holds))
            return holds;

        // Only a ref struct can: that ends the search for all others at once (ECMA-335 augments, "by-ref-like types"). A reference assembly
        // leaves private fields out.
        _holders[type] = false;
        holds = Has(type, "IsByRefLikeAttribute")
            && (Has(type.Module.Assembly, "ReferenceAssemblyAttribute") || type.Fields.Any(f => !f.IsStatic && Of(f.FieldType).Kind is ValueKind.Reference or ValueKind.Holder));
        return _holders[type] = holds;
    }

    private static bool Has(ICustomAttributeProvider provider, string attribute) => provider.CustomAttributes.Any(a => a.AttributeType.Name == attribute);

    private Value Named(TypeReference type)
    {
        if (!_values.TryGetValue(type, out Value value))
            _values.Add(type, value = OfDefinition(type, Definition(type)));
        return value;
    }

    private Value OfDefinition(TypeReference type, TypeDefinition definition)
    {
        if (!definition.IsValueType)
            return Value.Object;
        if (definition.IsEnum)
            return OfEnum(definition);

        // The core library itself, and references that spell a primitive out as a value type.
        return (definition.Namespace == "System" ? definition.Name : null) switch
        {
            "Boolean" or "Char" or "SByte" or "Byte" or "Int16" or "UInt16" or "Int32" or "UInt32" => Value.Int32,
            "Int64" or "UInt64" or "IntPtr" or "UIntPtr" => Value.Raw,
            "Single" or "Double" => Value.Float,
            "ArgIterator" or "RuntimeArgumentHandle" => Structure(type, holds: true),
            _ => Structure(type, HasReferences(definition)),
        };
    }

    // Nothing but a primitive: an enumeration of itself would never end.
    private Value OfEnum(TypeDefinition type) => type.Fields.First(f => !f.IsStatic).FieldType is { IsPrimitive: true } number
        ? Of(number)
        : throw RejectionException.NotUnderstood($"The enumeration {type.FullName} is not made of numbers");

    private static TypeDefinition Definition(TypeReference type) => type.Resolve()
        ?? throw RejectionException.NotUnderstood($"The type {type.FullName} does not exist in {type.Scope?.Name}");
}
