using Mono.Cecil;

namespace MemSentry.Analysis.Stack;

/// <summary>Replaces the generic parameters in a type by the arguments of the member reference it was found in.</summary>
/// <param name="declaringType">The declaring type of the member reference.</param>
/// <param name="method">The method reference, or null for a field.</param>
internal readonly struct GenericSubstitution(TypeReference? declaringType, MethodReference? method)
{
    /// <summary>The type as the member that holds the reference sees it.</summary>
    public TypeReference Apply(TypeReference type)
    {
        if (!type.ContainsGenericParameter)
        {
            return type;
        }

        switch (type)
        {
            case GenericParameter parameter:
                return Argument(parameter);
            case ByReferenceType reference:
                return new ByReferenceType(Apply(reference.ElementType));
            case PointerType pointer:
                return new PointerType(Apply(pointer.ElementType));
            case PinnedType pinned:
                return new PinnedType(Apply(pinned.ElementType));
            case RequiredModifierType modified:
                return new RequiredModifierType(modified.ModifierType, Apply(modified.ElementType));
            case OptionalModifierType modified:
                return new OptionalModifierType(modified.ModifierType, Apply(modified.ElementType));
            case ArrayType array:
                return Array(array);
            case GenericInstanceType instance:
                return Instance(instance);
            default:
                return type;
        }
    }

    private TypeReference Argument(GenericParameter parameter)
    {
        IGenericInstance? instance = parameter.Type == GenericParameterType.Method ? method as GenericInstanceMethod : declaringType as GenericInstanceType;
        return instance is not null && parameter.Position < instance.GenericArguments.Count
            ? instance.GenericArguments[parameter.Position]
            : parameter;
    }

    private ArrayType Array(ArrayType array)
    {
        var result = new ArrayType(Apply(array.ElementType), array.Rank);
        for (int i = 0; i < array.Dimensions.Count; i++)
        {
            result.Dimensions[i] = array.Dimensions[i];
        }

        return result;
    }

    private GenericInstanceType Instance(GenericInstanceType instance)
    {
        var result = new GenericInstanceType(instance.ElementType);
        foreach (TypeReference argument in instance.GenericArguments)
        {
            result.GenericArguments.Add(Apply(argument));
        }

        return result;
    }
}
