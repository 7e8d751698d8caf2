using Mono.Cecil;

namespace MemSentry.Analysis.Stack;

/// <summary>
/// A text that two type references of one module share only if they are the same type. Cecil's full name is not enough: two assemblies may
/// define one name, and a member's type parameter may hide one of its class.
/// </summary>
public static class TypeIdentity
{
    /// <summary>Whether two references, as one module makes them, mean the same type. When in doubt they do not.</summary>
    public static bool Same(TypeReference? a, TypeReference? b) =>
        ReferenceEquals(a, b) || (a is not null && b is not null && a.MetadataType == b.MetadataType && Of(a) == Of(b));

    /// <summary>The text for a type.</summary>
    public static string Of(TypeReference type) => type switch
    {
        GenericParameter parameter => $"{(parameter.Type == GenericParameterType.Type ? "!" : "!!")}{parameter.Position}",
        GenericInstanceType instance => $"{Of(instance.ElementType)}<{string.Join(',', instance.GenericArguments.Select(Of))}>",
        IModifierType modifier => $"{Of(modifier.ElementType)} {type.MetadataType}({Of(modifier.ModifierType)})",
        FunctionPointerType pointer => $"{pointer.CallingConvention}{(pointer.HasThis ? " this" : "")} "
            + $"{Of(pointer.ReturnType)}*({string.Join(',', pointer.Parameters.Select(p => Of(p.ParameterType)))})",
        ArrayType array => $"{Of(array.ElementType)}[{(array.IsVector ? "" : string.Join(',', array.Dimensions))}]",
        ByReferenceType reference => Of(reference.ElementType) + "&",
        PointerType pointer => Of(pointer.ElementType) + "*",
        TypeSpecification other => $"{other.MetadataType}({Of(other.ElementType)})",
        _ => $"[{type.Scope?.Name}]{type.FullName}",
    };
}
