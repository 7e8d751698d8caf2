using MemSentry.AccessTable;
using MemSentry.Verifier.Values;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Flow;

/// <summary>
/// What a call returns. A verified body answers for references and for structures with references inside, because it owed a proof where it returned them.
/// Trusted bodies and the runtime answer for nothing: they handle safe regions. All other code answers for structures; for references only if the access
/// table says where they come from.
/// </summary>
internal sealed class CallResults(TypeShapes shapes, CallTargets targets)
{
    /// <summary>The result, given the frame before the call; null if there is none.</summary>
    public Value? Of(Instruction instruction, CallSignature call, Frame frame)
    {
        if (TypeShapes.Bare(call.Result).MetadataType == MetadataType.Void)
            return null;

        Value result = shapes.Of(call.Result);
        return result.Kind switch
        {
            ValueKind.Reference => Reference(result.Type!, instruction, call, frame),
            ValueKind.Holder => result with { Stands = HolderStands(call, frame) },
            ValueKind.Structure => result with { Stands = targets.Contract(call.Callee)?.Result.Kind == ResultKind.Handle },
            ValueKind.Raw when IsBelieved(instruction, call, frame) => result with { Near = Distance.Believed },
            _ => result,
        };
    }

    /// <summary>
    /// Whether a body answers for the number that it returns. It cannot for one that was there before a call: where the JIT puts the body into the caller, it may answer a compare in it by one that was made before that call.
    /// </summary>
    private bool IsBelieved(Instruction instruction, CallSignature call, Frame frame) =>
        targets.VerifiedBody(instruction) is { } body && targets.Summaries.IncludeResult(body)
        && Enumerable.Range(0, call.OperandCount).Select(frame.Peek).All(v => !v.IsOld || v.Kind is ValueKind.Int32 or ValueKind.Object or ValueKind.Reference);

    private Value Reference(TypeReference type, Instruction instruction, CallSignature call, Frame frame)
    {
        Value nowhere = Value.Reference(type, Proof.None);
        if (call.Callee is null || targets.MayRunTrusted(call.Callee))
            return nowhere;

        // The pseudo-member of multi-dimensional arrays checks its bounds like ldelema (ECMA-335 II.14.2).
        if (call.Callee is { DeclaringType: ArrayType, Name: "Address" })
            return Value.Reference(type, Proof.Exact);
        if (targets.VerifiedBody(instruction) is not null)
            return Value.Reference(type, Proof.Contract);

        return targets.Contract(call.Callee)?.Result switch
        {
            { Kind: ResultKind.Anchor } => nowhere with { Proof = Proof.Exact },
            { Kind: ResultKind.Element } result when Stands(result, call, frame) => nowhere with { Proof = Proof.Exact },
            { Kind: ResultKind.Derived, Displacement: null } result => Derived(type, result, call, frame),
            _ => nowhere,
        };
    }

    /// <summary>
    /// The operand, perhaps seen as another type. It proves no more than the operand did: who could make an exact address of a displaced one could
    /// add a field's offset on each round of a loop.
    /// </summary>
    private Value Derived(TypeReference type, ApiResult result, CallSignature call, Frame frame)
    {
        Value operand = call.OperandOf(result.Operand, frame);

        // As another type it refers to nothing that is known; what that means for references inside was settled where it left its own type.
        TypeReference seenAs = result.IsReinterpreted ? type.Module.TypeSystem.Void : type;
        return operand.Kind switch
        {
            ValueKind.Reference when result.IsReinterpreted => Value.Reference(seenAs, operand.Proof) with { Stands = false },
            ValueKind.Reference when SameType.Are(operand.Type, type) => operand with { Number = 0, Relation = default },

            // A field of what the operand refers to.
            ValueKind.Reference when operand.Proof == Proof.Exact => Value.Reference(type, Proof.Displaced) with { Stands = false },
            ValueKind.Raw when operand.IsProven => Value.Reference(operand.Proof == Proof.Exact ? seenAs : operand.Type, operand.Proof) with { Stands = false },
            ValueKind.Holder when operand.Stands => Value.Reference(seenAs, Proof.Exact) with { Stands = false },
            _ => Value.Reference(type, Proof.None),
        };
    }

    private bool HolderStands(CallSignature call, Frame frame)
    {
        if (targets.MayRunTrusted(call.Callee))
            return false;

        return targets.Contract(call.Callee)?.Result switch
        {
            { Kind: ResultKind.Untrusted } => false,
            { IsReinterpreted: true } when !SpanMembers.KeepExtent(call.Callee!) => false,
            { Kind: ResultKind.Element or ResultKind.Derived } result => Stands(result, call, frame),
            _ => true,
        };
    }

    /// <summary>Whether the operand that a result is a part of stands, as a structure or behind a reference.</summary>
    private bool Stands(ApiResult result, CallSignature call, Frame frame)
    {
        Value operand = call.OperandOf(result.Operand, frame);
        TypeReference type = call.TypeOfOperand(result.Operand);
        return operand.Kind switch
        {
            ValueKind.Holder => operand.Stands,
            ValueKind.Reference or ValueKind.Raw when shapes.HoldsReferences(type) => operand.PointsToStanding(type),

            // Objects; and addresses, of which the call demands a proof of the whole range.
            _ => true,
        };
    }
}
