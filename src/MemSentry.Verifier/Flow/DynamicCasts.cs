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
        if (instruction.OpCode.Code is not (Code.Castclass or Code.Isinst or Code.Unbox_Any or Code.Stelem_Any))
            return false;

        var type = (TypeReference)instruction.Operand;
        return type is GenericParameter parameter ? !parameter.HasNotNullableValueTypeConstraint : type is not ArrayType && !IsKnownToBeClass(type);
    }

    private static bool IsKnownToBeClass(TypeReference type)
    {
        try
        {
            return type.GetElementType().Name.Length > 0 && type.Resolve() is { IsInterface: false };
        }
        catch (AssemblyResolutionException)
        {
            return false;
        }
    }
}
