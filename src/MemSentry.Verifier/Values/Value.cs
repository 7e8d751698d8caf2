using Mono.Cecil;

namespace MemSentry.Verifier.Values;

/// <summary>One stack slot or variable.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Proof">What is proven of it as an address.</param>
/// <param name="Type">The type of what it refers to, as far as the proof knows: a cast of a pointer is no instruction, so it stays.</param>
/// <param name="ContentsStand">Whether references stored in a <paramref name="Type"/> there stand under contract.</param>
/// <param name="Number">Its value number: slots with the same number hold the same bits. 0 is equal to nothing, not even to itself.</param>
/// <param name="BlockOf">If not 0: this is the number of the 4-TiB block that the value with that value number lies in.</param>
/// <param name="Constant">Its value, if it is a constant of 32 bits.</param>
internal readonly record struct Value(
    ValueKind Kind, Proof Proof = Proof.None, TypeReference? Type = null, bool ContentsStand = false, int Number = 0, int BlockOf = 0, int? Constant = null)
{
    public static Value Int32 { get; } = new(ValueKind.Int32);

    public static Value Raw { get; } = new(ValueKind.Raw);

    public static Value Float { get; } = new(ValueKind.Float);

    public static Value Object { get; } = new(ValueKind.Object);

    public static Value Structure { get; } = new(ValueKind.Structure);

    /// <summary>A managed reference that is what it says: to a <paramref name="type"/>.</summary>
    public static Value Reference(TypeReference? type, Proof proof) => new(ValueKind.Reference, proof, type, proof != Proof.None);

    /// <summary>Whether an instruction that uses it reads or writes memory there.</summary>
    public bool IsAddress => Kind is ValueKind.Int32 or ValueKind.Raw or ValueKind.Reference or ValueKind.Float;

    /// <summary>Whether equality of bits is worth remembering: only for what is 64 bits wide as it stands.</summary>
    public bool CanBeNumbered => Kind is ValueKind.Raw or ValueKind.Reference;

    /// <summary>The same value as a number: <c>conv.u</c> and its kin change no bit of 64.</summary>
    public Value AsRaw => this with { Kind = ValueKind.Raw, Constant = null };

    /// <summary>Nothing but its kind.</summary>
    public Value Unproven => new(Kind, Proof.None, Type);

    /// <summary>The least upper bound, but for the value number, which only the whole frame knows.</summary>
    public static Value Join(Value a, Value b)
    {
        bool sameType = SameType.Are(a.Type, b.Type);
        return new Value(
            JoinKinds(a.Kind, b.Kind),
            a.Proof > b.Proof ? a.Proof : b.Proof,
            sameType ? a.Type : null,
            sameType && a.ContentsStand && b.ContentsStand,
            Constant: a.Constant == b.Constant ? a.Constant : null);
    }

    private static ValueKind JoinKinds(ValueKind a, ValueKind b) => (a, b) switch
    {
        _ when a == b => a,

        // RyuJIT widens an int32 that meets a native int; a null pointer meets a reference in hand-written IL. The weaker rules hold for both.
        (ValueKind.Int32 or ValueKind.Raw or ValueKind.Reference, ValueKind.Int32 or ValueKind.Raw or ValueKind.Reference) => ValueKind.Raw,

        // F# pins a string that may be null this way: the null object itself meets the address of the first character.
        (ValueKind.Object or ValueKind.Raw, ValueKind.Object or ValueKind.Raw) => ValueKind.Raw,
        _ => throw RejectionException.NotUnderstood($"A stack slot is {a} on one path and {b} on another"),
    };
}
