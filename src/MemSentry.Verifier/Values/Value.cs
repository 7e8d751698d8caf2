using Mono.Cecil;

namespace MemSentry.Verifier.Values;

/// <summary>One stack slot or variable.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Proof">What is proven of it as an address.</param>
/// <param name="Type">
/// Addresses: the type of what it refers to, as far as the proof knows; a cast of a pointer is no instruction, so it stays. Structures: their type.
/// Integers: the type whose size it is.
/// </param>
/// <param name="Stands">
/// Structures: whether the references and addresses inside lie outside the block, spans with their whole extent. Addresses: whether that holds for a
/// <paramref name="Type"/> there.
/// </param>
/// <param name="IsFresh">Raw numbers: whether the proof was found directly before, with nothing but operands moved about since.</param>
/// <param name="IsOwn">Addresses: whether it is one of a variable of this body, or of a field of it.</param>
/// <param name="IsStatic">Addresses: whether it is the one that <c>ldsflda</c> pushes, of a static field of this type.</param>
/// <param name="Exposes">Raw numbers: whose structure with references inside is referred to by the reference that it was made of.</param>
/// <param name="Number">Its value number: slots with the same number hold the same bits. 0 is equal to nothing, not even to itself.</param>
/// <param name="Relation">What else is known of it.</param>
/// <param name="Constant">Its value, if it is a constant.</param>
/// <param name="Near">Numbers: how far it lies from an address outside the block; null if constant and proof say all that is known.</param>
/// <param name="Lineage">Raw numbers: what it was computed from.</param>
/// <param name="IsOld">
/// Whether it may have been there before a call. To the JIT it is the same value still, and the answer to a compare of it as well: neither compare nor mask proves it.
/// </param>
/// <param name="IsIndex">Raw and floating-point numbers: whether it was computed from numbers of 32 bits and constants alone, so that a sum with a new pointer is new.</param>
/// <param name="IsMixed">
/// Whether it is a reference on one way and a number on another: it counts as a number, but for its age. As references it cannot be made new, because nobody may keep one as a number.
/// </param>
internal readonly record struct Value(
    ValueKind Kind,
    Proof Proof = Proof.None,
    TypeReference? Type = null,
    bool Stands = false,
    bool IsFresh = false,
    bool IsOwn = false,
    bool IsStatic = false,
    Exposure Exposes = Exposure.Nothing,
    int Number = 0,
    Relation Relation = default,
    long? Constant = null,
    Distance? Near = null,
    Lineage? Lineage = null,
    bool IsOld = false,
    bool IsIndex = false,
    bool IsMixed = false)
{
    public static Value Int32 { get; } = new(ValueKind.Int32, Near: Distance.Int32);

    public static Value Raw { get; } = new(ValueKind.Raw);

    public static Value Float { get; } = new(ValueKind.Float);

    public static Value Object { get; } = new(ValueKind.Object);

    /// <summary>A managed reference that is what it says: to a <paramref name="type"/>.</summary>
    public static Value Reference(TypeReference? type, Proof proof) => new(ValueKind.Reference, proof, type, proof != Proof.None);

    /// <summary>Whether an instruction that uses it reads or writes memory there.</summary>
    public bool IsAddress => Kind is ValueKind.Int32 or ValueKind.Raw or ValueKind.Reference or ValueKind.Float;

    /// <summary>Whether it is proven as an address, one step away from an exact proof at most.</summary>
    public bool IsProven => Proof < Proof.Masked;

    /// <summary>Whether it lies outside the block as it is.</summary>
    public bool IsExact => Proof == Proof.Exact || (Kind == ValueKind.Raw && Distance is { Low: 0, High: 0, IsNumber: false, IsOfMask: false });

    /// <summary>How far it lies from an address outside the block; null if that is not known.</summary>
    public Distance? Distance => (Near, Constant, Proof) switch
    {
        ({ } near, _, _) => near.IsUnknown ? null : near,
        (_, { } constant, _) => Distance.Constant(constant),
        (_, _, Proof.Exact) => Distance.Outside,
        (_, _, Proof.Masked) => Distance.Masked,
        (_, _, Proof.Contract or Proof.Displaced) => Distance.InStructure,
        _ => null,
    };

    /// <summary>Whether equality of bits is worth remembering.</summary>
    public bool CanBeNumbered => Kind != ValueKind.Float;

    /// <summary>What is left of it after a call under the usual trust: a callee keeps our registers where they can be overwritten.</summary>
    public Value AfterCall() => Kind switch
    {
        ValueKind.Raw => Raw with { Exposes = Exposes, IsOld = !IsMixed, IsMixed = IsMixed },
        ValueKind.Int32 => Int32 with { Near = null, IsOld = true },
        ValueKind.Structure => new Value(Kind, Type: Type, IsOld: true),
        ValueKind.Holder or ValueKind.Float => this with { IsOld = true, IsIndex = false },
        _ => this,
    };

    /// <summary>Whether what lies beside a new pointer in a sum leaves the sum new, however old it is.</summary>
    public bool CountsAsIndex => Kind == ValueKind.Int32 || IsIndex || Constant is not null;

    /// <summary>The same value as a number: <c>conv.u</c> and its kin change no bit of 64.</summary>
    public Value AsRaw(bool exposes) => this with { Kind = ValueKind.Raw, Exposes = exposes ? Greater(Exposes, Whose) : Exposes };

    /// <summary>Whose structure it is that an address leads to, if it leads to one.</summary>
    public Exposure Whose => IsOwn ? Exposure.Own : Exposure.Lent;

    /// <summary>Whether references inside a structure of this type that lies at the address stand.</summary>
    public bool PointsToStanding(TypeReference type) => (Stands && SameType.Are(Type, type)) || PointsToChecked(type);

    /// <summary>Whether a structure of this type that lies at the address was just checked.</summary>
    public bool PointsToChecked(TypeReference type) => Relation.Kind == RelationKind.PointsToChecked && SameType.Are(Relation.Type, type);

    /// <summary>The least upper bound, but for value number and relation, which only the whole frame knows.</summary>
    public static Value Join(Value a, Value b)
    {
        bool sameType = SameType.Are(a.Type, b.Type);
        bool isMixed = a.IsMixed || b.IsMixed || (a.Kind == ValueKind.Reference) != (b.Kind == ValueKind.Reference);
        ValueKind kind = JoinKinds(a.Kind, b.Kind);
        long? constant = a.Constant == b.Constant ? a.Constant : null;

        // What counts as an index by its kind or as a constant needs no mark, and keeps the one it has.
        bool needsMark = kind != ValueKind.Int32 && constant is null;
        return new Value(
            kind,
            a.Proof > b.Proof ? a.Proof : b.Proof,
            sameType ? a.Type : null,
            sameType && a.Stands && b.Stands,
            a.IsFresh && b.IsFresh,
            a.IsOwn && b.IsOwn,
            sameType && a.IsStatic && b.IsStatic,
            Greater(a.Exposes, b.Exposes),
            Constant: constant,
            Near: (a.Near, a.Proof, a.Constant) == (b.Near, b.Proof, b.Constant) ? a.Near : Distance.Join(a.Distance, b.Distance),
            IsOld: (a.IsOld || b.IsOld) && !isMixed,
            IsIndex: needsMark ? a.CountsAsIndex && b.CountsAsIndex : a.IsIndex && b.IsIndex,
            IsMixed: isMixed);
    }

    private static Exposure Greater(Exposure a, Exposure b) => a > b ? a : b;

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
