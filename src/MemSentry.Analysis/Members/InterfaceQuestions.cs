using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Members;

/// <summary>
/// Instructions that may ask an object whether it is of a type. One that is an <see cref="System.Runtime.InteropServices.IDynamicInterfaceCastable"/> answers by code of its own, if it is asked for an
/// interface, so that such an instruction is as good as a call.
/// </summary>
internal static class InterfaceQuestions
{
    /// <summary>
    /// Whether an instruction is one: a cast to an interface, or to a type parameter, which may stand for one; a store into an array of objects, of one dimension or of several, whose elements may be of one; the
    /// look for the member that implements an interface's.
    /// </summary>
    public static bool MayBeAskedBy(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Ldvirtftn or Code.Stelem_Ref => true,
        Code.Castclass or Code.Isinst or Code.Unbox_Any or Code.Stelem_Any => MayBeInterface((TypeReference)instruction.Operand),
        Code.Call or Code.Callvirt => instruction.Operand is MethodReference { Name: "Set", DeclaringType: ArrayType array } && MayBeObject(array.ElementType),
        _ => false,
    };

    /// <summary>Elements of an array of several dimensions are stored by a call of its <c>Set</c>, which asks as <c>stelem.ref</c> does.</summary>
    private static bool MayBeObject(TypeReference type) => type switch
    {
        GenericParameter parameter => !parameter.HasNotNullableValueTypeConstraint,
        PointerType or FunctionPointerType => false,
        _ => !type.IsPrimitive && Definition(type) is not { IsValueType: true },
    };

    private static bool MayBeInterface(TypeReference type) => type switch
    {
        GenericParameter parameter => !parameter.HasNotNullableValueTypeConstraint,
        ArrayType => false,
        _ => Definition(type) is not { IsInterface: false },
    };

    /// <summary>What is not found may be anything. Cecil cannot look for what has no name, as in damaged metadata.</summary>
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
