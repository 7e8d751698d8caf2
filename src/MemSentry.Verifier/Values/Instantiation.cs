using Mono.Cecil;

namespace MemSentry.Verifier.Values;

/// <summary>The types in a member's signature, as the body that names the member sees them: with its generic arguments in place.</summary>
internal static class Instantiation
{
    /// <summary>The type of a field.</summary>
    public static TypeReference OfField(FieldReference field) => In(field.FieldType, field.DeclaringType as IGenericInstance, null);

    /// <summary>A type in the signature of a method; <paramref name="method"/> is null for <c>calli</c>, which has no arguments to put in.</summary>
    public static TypeReference In(TypeReference type, MethodReference? method) =>
        In(type, method?.DeclaringType as IGenericInstance, method as IGenericInstance);

    private static TypeReference In(TypeReference type, IGenericInstance? owner, IGenericInstance? method)
    {
        if (!type.ContainsGenericParameter || (owner is null && method is null))
            return type;

        return type switch
        {
            GenericParameter p => Argument(p.Type == GenericParameterType.Method ? method : owner, p),
            GenericInstanceType g => Arguments(g, owner, method),
            ByReferenceType t => new ByReferenceType(In(t.ElementType, owner, method)),
            PointerType t => new PointerType(In(t.ElementType, owner, method)),
            ArrayType { IsVector: true } t => new ArrayType(In(t.ElementType, owner, method)),
            ArrayType t => new ArrayType(In(t.ElementType, owner, method), t.Rank),

            // Modifiers and pinning change nothing that is asked here.
            IModifierType or PinnedType or SentinelType => In(((TypeSpecification)type).ElementType, owner, method),
            _ => type,
        };
    }

    private static TypeReference Argument(IGenericInstance? instance, GenericParameter parameter) =>
        instance is not null && parameter.Position < instance.GenericArguments.Count ? instance.GenericArguments[parameter.Position] : parameter;

    private static GenericInstanceType Arguments(GenericInstanceType type, IGenericInstance? owner, IGenericInstance? method)
    {
        var result = new GenericInstanceType(type.ElementType);
        foreach (TypeReference argument in type.GenericArguments)
            result.GenericArguments.Add(In(argument, owner, method));
        return result;
    }
}
