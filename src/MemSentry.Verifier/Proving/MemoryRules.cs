using MemSentry.Verifier.Flow;
using MemSentry.Verifier.Values;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Proving;

/// <summary>What a proven address alone does not excuse: lengths without a bound, and references that nobody answers for.</summary>
internal sealed class MemoryRules(TypeShapes shapes)
{
    /// <summary>The rule that an instruction breaks, or null.</summary>
    public (VerifierCode Code, string Reason)? BrokenBy(Instruction instruction, Frame frame)
    {
        switch (instruction.OpCode.Code)
        {
            case IL.Cpblk or IL.Initblk when frame.Peek(0).Kind != ValueKind.Int32:
                return (VerifierCode.LengthNotBounded, "The length is not an int32, and only lengths below 4 GiB are stopped by the guards on either side of the arena.");
            case IL.Ldobj or IL.Cpobj when !Stands(frame.Peek(0), (TypeReference)instruction.Operand):
            case IL.Ldfld when frame.Peek(0).Kind is ValueKind.Reference or ValueKind.Raw && !Stands(frame.Peek(0), (FieldReference)instruction.Operand):
                return (VerifierCode.ReferencesFromNowhere, "A structure with managed references inside is read from memory that nobody proved to hold one.");
            case (>= IL.Stind_Ref and <= IL.Stind_R8) or IL.Stind_I when Overwrites(frame.Peek(1), null):
            case IL.Stobj or IL.Cpobj when Overwrites(frame.Peek(1), (TypeReference)instruction.Operand):
            case IL.Stfld when Overwrites(frame.Peek(1), ((FieldReference)instruction.Operand).DeclaringType):
            case IL.Cpblk or IL.Initblk when Overwrites(frame.Peek(2), null):
                return (VerifierCode.ReferencesFromNowhere, "A structure with managed references inside is overwritten as if it were something else.");
            default:
                return null;
        }
    }

    private bool Stands(Value address, FieldReference field)
    {
        TypeReference type = Instantiation.OfField(field);
        return TypeShapes.Referred(type) is not null || StandsAs(address, field.DeclaringType) || !shapes.HoldsReferences(type);
    }

    private bool Stands(Value address, TypeReference type) => StandsAs(address, type) || !shapes.HoldsReferences(type);

    private bool Overwrites(Value address, TypeReference? written) =>
        address is { IsAddress: true, Type: { } type } && !SameType.Are(type, written) && shapes.HoldsReferences(type);

    private static bool StandsAs(Value address, TypeReference type) => address.ContentsStand && SameType.Are(address.Type, type);
}
