using MemSentry.AccessTable;
using MemSentry.Verifier.Values;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>What the operations that checks and masks are made of say about their results, and what kind of value any other operation makes.</summary>
internal static class Operations
{
    /// <summary>A number shifted to the right: the number of the block it lies in, if that is how far.</summary>
    public static Value BlockOf(Value value, Value shift)
    {
        bool isBlock = value is { Kind: ValueKind.Raw, IsOld: false } && shift.Constant == AddressSpaceLayout.BlockShift;
        return isBlock ? Value.Raw with { Relation = new Relation(RelationKind.BlockOf, value.Number) } : Sums.Of(IL.Shr_Un, value, shift, Computed(value));
    }

    /// <summary>A mask proves the number that it makes, not the one it was made of, nor any copy of that.</summary>
    public static Value Or(Value a, Value b)
    {
        bool masks = a is { Kind: ValueKind.Raw, IsOld: false } && b is { Kind: ValueKind.Raw, Constant: AddressSpaceLayout.AliasBit };
        return masks ? Value.Raw with { Proof = Proof.Masked, IsFresh = true } : Sums.Of(IL.Or, a, b, Computed(a, b, IL.Or));
    }

    /// <summary>The result of an operation with one operand, as coarsely as its kind.</summary>
    public static Value Computed(Value operand) => operand.Kind is ValueKind.Int32 or ValueKind.Float ? new Value(operand.Kind) : Value.Raw;

    /// <summary>The result of an operation with two operands, as coarsely as its kind.</summary>
    public static Value Computed(Value a, Value b, IL opcode)
    {
        if (!a.IsAddress || !b.IsAddress)
            throw RejectionException.NotUnderstood($"The operands of {opcode} are {a.Kind} and {b.Kind}");

        bool moves = opcode is IL.Add or IL.Sub or IL.Add_Ovf or IL.Add_Ovf_Un or IL.Sub_Ovf or IL.Sub_Ovf_Un;
        if (moves && a.Kind == ValueKind.Reference != (b.Kind == ValueKind.Reference))
            return Value.Reference(a.Kind == ValueKind.Reference ? a.Type : b.Type, Proof.None);

        Value result = a.Kind == b.Kind ? Computed(a) : Computed(a.Kind == ValueKind.Int32 ? b : a);
        return result with { IsMixed = moves && result.Kind == ValueKind.Raw && (a.IsMixed || b.IsMixed) };
    }
}
