using Mono.Cecil;

namespace MemSentry.AccessTable.Tests.Framework;

/// <summary>
/// Which framework members deal in addresses, by their signatures alone and without looking at the table: pointers, native integers, structures
/// around one, references that are returned, spans made from references, and all members of the types that exist for nothing else.
/// </summary>
internal static class AddressMembers
{
    private static readonly HashSet<string> WholeTypes =
    [
        "System.Runtime.CompilerServices.Unsafe",
        "System.Runtime.InteropServices.MemoryMarshal",
        "System.Runtime.InteropServices.Marshal",
    ];

    private static readonly HashSet<string> Wrappers =
        [.. FrameworkSurface.Types.Where(t => t.IsValueType && t.Fields.Any(f => !f.IsStatic && HasAddress(f.FieldType))).Select(t => t.FullName)];

    public static IEnumerable<MethodDefinition> Methods => FrameworkSurface.Methods.Where(DealsInAddresses);

    public static IEnumerable<FieldDefinition> Fields => FrameworkSurface.Fields.Where(f => HasAddress(f.FieldType) || HasWrapper(f.FieldType));

    /// <summary>Whether the parameter itself is an address: needs a role, whatever the rest of the signature says.</summary>
    public static bool IsAddress(TypeReference type) => Unmodified(type) is PointerType or FunctionPointerType
        || Unmodified(type).FullName is "System.IntPtr" or "System.UIntPtr";

    /// <summary>Whether the type is a pointer or a managed reference.</summary>
    public static bool IsPointerOrReference(TypeReference type) => Unmodified(type) is PointerType or FunctionPointerType or ByReferenceType;

    private static bool DealsInAddresses(MethodDefinition method)
    {
        IEnumerable<TypeReference> types = method.Parameters.Select(p => p.ParameterType).Append(method.ReturnType);
        return WholeTypes.Contains(method.DeclaringType.FullName)
            || types.Any(t => HasAddress(t) || HasWrapper(t))
            || (method.HasThis && Wrappers.Contains(method.DeclaringType.FullName))
            || Unmodified(method.ReturnType) is ByReferenceType
            || (method.Parameters.Any(p => Unmodified(p.ParameterType) is ByReferenceType) && MakesRefStruct(method));
    }

    private static bool MakesRefStruct(MethodDefinition method) =>
        IsRefStruct(Unmodified(method.ReturnType)) || (method.IsConstructor && IsRefStruct(method.DeclaringType));

    private static bool IsRefStruct(TypeReference type) => type is TypeDefinition or GenericInstanceType
        && (type.GetElementType().FullName is "System.Span`1" or "System.ReadOnlySpan`1"
            || (type.GetElementType() is TypeDefinition definition
                && definition.CustomAttributes.Any(a => a.AttributeType.Name == "IsByRefLikeAttribute")));

    private static bool HasAddress(TypeReference type) => Unmodified(type) switch
    {
        PointerType or FunctionPointerType => true,
        ByReferenceType reference => HasAddress(reference.ElementType),
        ArrayType array => HasAddress(array.ElementType),
        GenericInstanceType instance => instance.GenericArguments.Any(HasAddress),
        var other => other.FullName is "System.IntPtr" or "System.UIntPtr",
    };

    private static bool HasWrapper(TypeReference type) => Unmodified(type) switch
    {
        ByReferenceType reference => HasWrapper(reference.ElementType),
        ArrayType array => HasWrapper(array.ElementType),
        GenericInstanceType instance => Wrappers.Contains(instance.ElementType.FullName) || instance.GenericArguments.Any(HasWrapper),
        var other => Wrappers.Contains(other.FullName),
    };

    private static TypeReference Unmodified(TypeReference type) => type is IModifierType modified ? Unmodified(modified.ElementType) : type;
}
