using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Flow;

/// <summary>
/// Casts that the object itself decides about: the runtime asks it by a call of <c>IDynamicInterfaceCastable.IsInterfaceImplemented</c> where it is to be taken for an interface that its class
/// does not implement.
/// </summary>
internal static class DynamicCasts
{
    /// <summary>Whether an instruction may be such a cast, or make one on the way.</summary>
    public static bool Include(Instruction instruction)
    {
        if (instruction.OpCode.Code is Code.Ldvirtftn or Code.Stelem_Ref)
            return true;
        if (instruction.Operand is MethodReference callee)
            return callee is { DeclaringType: ArrayType { ElementType: var element }, Name: "Set" } && !IsKnownToBeValue(element);
        if (instruction.OpCode.Code is not (Code.Castclass or Code.Isinst or Code.Unbox_Any or Code.Stelem_Any))
            return false;

        var type = (TypeReference)instruction.Operand;
        return type is GenericParameter parameter ? !parameter.HasNotNullableValueTypeConstraint : type is not ArrayType && !IsKnownToBeClass(type);
    }

    /// <summary>Whether an element of an array of several dimensions is no object: a call stores it, which asks like the instruction for one dimension.</summary>
    private static bool IsKnownToBeValue(TypeReference type) =>
        type.IsPrimitive || type is PointerType or FunctionPointerType or GenericParameter { HasNotNullableValueTypeConstraint: true }
        || (type is not (ArrayType or GenericParameter) && Definition(type) is { IsValueType: true });

    private static bool IsKnownToBeClass(TypeReference type) => Definition(type) is { IsInterface: false };

    private static TypeDefinition? Definition(TypeReference type)
    {
        try
        {
            return type.GetElementType().Name.Length > 0 ? type.Resolve() : null;
        }
        catch (AssemblyResolutionException)
        {
            return null;
        }
    }
}
