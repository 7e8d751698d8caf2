using MemSentry.Verifier.Values;
using Mono.Cecil;

namespace MemSentry.Verifier.Proving;

/// <summary>
/// <c>jmp</c> hands the arguments of a member on without putting them on the stack, and the result of the callee to the member's own caller (ECMA-335
/// III.3.37). Nobody can check them on the way, so it is understood only where nothing of it is an address: numbers that are none, and objects.
/// </summary>
internal sealed class Jumps(TypeShapes shapes)
{
    /// <summary>Rejects a jump of whose arguments or result something would have to be proven.</summary>
    public void Require(MethodDefinition member, MethodReference target)
    {
        bool isPlain = target.CallingConvention == MethodCallingConvention.Default && member.CallingConvention == MethodCallingConvention.Default
            && (!member.HasThis || (!member.DeclaringType.IsValueType && shapes.Of(target.DeclaringType).Kind == ValueKind.Object));
        if (!isPlain || member.HasThis != target.HasThis || member.Parameters.Count != target.Parameters.Count)
            throw RejectionException.NotUnderstood("'jmp' leads to a member of another kind than its own");

        // The JIT compares no types but the result's: a number could arrive as a reference.
        bool harmless = member.Parameters.Zip(target.Parameters, (own, other) => (own.ParameterType, other.ParameterType)).All(HandsOn)
            && ReturnsOn(member.ReturnType, target.ReturnType);
        if (!harmless)
            throw RejectionException.NotUnderstood("'jmp' hands addresses or structures on that are not on the stack");
    }

    private bool HandsOn((TypeReference Own, TypeReference Other) types) =>
        SameType.Are(types.Own, types.Other)
        && (TypeShapes.Bare(types.Own).MetadataType is MetadataType.Int64 or MetadataType.UInt64
            || shapes.Of(types.Own).Kind is ValueKind.Int32 or ValueKind.Float or ValueKind.Object);

    private bool ReturnsOn(TypeReference own, TypeReference other) =>
        TypeShapes.Bare(own).MetadataType == MetadataType.Void ? TypeShapes.Bare(other).MetadataType == MetadataType.Void : HandsOn((own, other));
}
