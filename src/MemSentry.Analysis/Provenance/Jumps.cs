using MemSentry.Analysis.Stack;
using Mono.Cecil;

namespace MemSentry.Analysis.Provenance;

/// <summary>
/// <c>jmp</c> hands the arguments of a member on without putting them on the stack, where a check could see them, and the callee's result to the
/// member's own caller, who believes the member (ECMA-335 III.3.37). It can stay where nothing of it is an address or may hold one.
/// </summary>
internal sealed class Jumps(StackTypes types)
{
    /// <summary>Refuses a jump that would need a check.</summary>
    /// <exception cref="NotModelledException">It would.</exception>
    public void Require(MethodDefinition member, MethodReference target)
    {
        if (member.CallingConvention != MethodCallingConvention.Default || target.CallingConvention != MethodCallingConvention.Default
            || member.HasThis != target.HasThis || member.Parameters.Count != target.Parameters.Count || !IsObject(member, target))
        {
            throw new NotModelledException("jmp leads to a member of another kind than its own");
        }

        // RyuJIT compares the number of arguments and the type of the result, no more: a number could arrive as a reference.
        if (!member.Parameters.Zip(target.Parameters).All(p => IsHarmless(p.First.ParameterType, p.Second.ParameterType)))
        {
            throw new NotModelledException("jmp passes pointers, references or structures on without putting them on the stack");
        }

        bool returnsNothing = IsVoid(member.ReturnType) && IsVoid(target.ReturnType);
        if (!returnsNothing && !IsHarmless(member.ReturnType, target.ReturnType))
        {
            throw new NotModelledException("jmp returns a pointer, reference or structure that another member made");
        }
    }

    /// <summary>Whether <c>this</c>, if there is one, is an object on both sides; that of a structure is a reference.</summary>
    private bool IsObject(MethodDefinition member, MethodReference target) =>
        !member.HasThis || (!member.DeclaringType.IsValueType && types.Of(target.DeclaringType, AddressOrigin.NotAnAddress).Kind == StackKind.Object);

    private bool IsHarmless(TypeReference own, TypeReference other) =>
        !IsVoid(own) && !IsVoid(other) && TypeIdentity.Same(own, other) && types.Of(own, AddressOrigin.SeveralOrigins).Kind switch
        {
            StackKind.Int64 => StackTypes.WithoutModifiers(own).MetadataType is MetadataType.Int64 or MetadataType.UInt64,
            StackKind.Int32 or StackKind.Float32 or StackKind.Float64 or StackKind.Object => true,
            _ => false,
        };

    private static bool IsVoid(TypeReference type) => StackTypes.WithoutModifiers(type).MetadataType == MetadataType.Void;
}
