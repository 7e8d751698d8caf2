namespace MemSentry.Verifier.Values;

/// <summary>
/// How far a number lies, as an address, from one outside the block: between <paramref name="Low"/> and <paramref name="High"/> bytes behind it. Null, the number
/// zero, is such an address, so an integer within bounds has a distance as well.
/// <para>
/// Guards of 1.9 TiB and more surround the arena. An access at less than a terabyte from an address outside the block works or faults there, and never reaches a
/// safe region. A member of the framework may move the address by half a terabyte more, so for it half of that has to do.
/// </para>
/// </summary>
/// <param name="Low">The least distance, in bytes.</param>
/// <param name="High">The greatest.</param>
/// <param name="IsNumber">Whether it is the distance from zero: the number itself.</param>
/// <param name="IsOfMask">
/// Whether the address may be one that a mask made. Bit 46 set is 44 TiB above the end of the block or more, so it lies outside. But it may be another address than
/// the program meant: an access may go there and nothing else.
/// </param>
internal sealed record Distance(long Low, long High, bool IsNumber, bool IsOfMask = false)
{
    private const long Terabyte = 1L << 40;

    // No field lies farther behind the start of its structure (FIELD_OFFSET_LAST_REAL_OFFSET of CoreCLR). The structure itself may be larger, and so may an access of all of it.
    private const long FarthestField = 1L << 27;

    /// <summary>Beyond these no sum can overflow, and nothing is of use.</summary>
    public const long Limit = (1L << 62) - 1;

    // Below the reach of a member there is a step that leaves it room: what was chosen of two addresses may be moved by an index before a member gets it.
    private static readonly long[] Steps =
        [0, 1 << 16, (1L << 31) - 2, (1L << 31) - 1, 1L << 31, 1L << 32, 1L << 36, 1L << 38, (1L << 39) - (1L << 33), (1L << 39) - 1, Limit];

    /// <summary>What is known of something of which nothing is known: the top of the lattice.</summary>
    public static Distance Unknown { get; } = new(long.MinValue, long.MaxValue, false);

    /// <summary>Any number of 32 bits.</summary>
    public static Distance Int32 { get; } = new(int.MinValue, int.MaxValue, true);

    /// <summary>Any number of 32 bits, widened with zeros.</summary>
    public static Distance UInt32 { get; } = new(0, uint.MaxValue, true);

    /// <summary>Any number of 64 bits.</summary>
    public static Distance Int64 { get; } = new(long.MinValue, long.MaxValue, true);

    /// <summary>The size of a type: <c>StructLayout(Size = …)</c> makes it as large as an int32 can be, however few fields it has.</summary>
    public static Distance Size { get; } = new(0, int.MaxValue, true);

    /// <summary>How far a field lies behind the start of its structure.</summary>
    public static Distance OfField { get; } = new(0, FarthestField, true);

    /// <summary>That of an address outside the block.</summary>
    public static Distance Outside { get; } = new(0, 0, false);

    /// <summary>That of what a mask made.</summary>
    public static Distance Masked { get; } = new(0, 0, false, IsOfMask: true);

    /// <summary>That of an address in a structure that starts outside the block, or a few of them behind each other.</summary>
    public static Distance InStructure { get; } = new(-2 * FarthestField, 2 * FarthestField, false);

    /// <summary>What is believed of pointers across calls: any step of an index of 32 bits more, and an access is still within reach.</summary>
    public static Distance Believed { get; } = new(-1L << 36, 1L << 36, false);

    /// <summary>Whether it says nothing.</summary>
    public bool IsUnknown => Low == long.MinValue && High == long.MaxValue;

    /// <summary>Whether it is one number.</summary>
    public bool IsConstant => IsNumber && Low == High;

    /// <summary>Whether an access by an opcode needs no check: it starts in the guard, and ends there, though it be one of a whole structure in another.</summary>
    public bool IsInReach => Low > -Terabyte && High < Terabyte - (Size.High + FarthestField);

    /// <summary>Whether an access by a member of the framework needs no check.</summary>
    public bool IsInReachOfMember => Low > -Terabyte / 2 && High < Terabyte / 2;

    /// <summary>A constant; null if it is so large that sums with it could overflow.</summary>
    public static Distance? Constant(long number) => number is >= -Limit and <= Limit ? Number(number) : null;

    public static Distance Number(long number) => new(number, number, true);

    /// <summary>The same, moved by a number; null if it gets out of hand.</summary>
    public Distance? Plus(long low, long high)
    {
        (Int128 newLow, Int128 newHigh) = ((Int128)Low + low, (Int128)High + high);
        return newLow >= -Limit && newHigh <= Limit ? this with { Low = (long)newLow, High = (long)newHigh } : null;
    }

    /// <summary>A number that is at least, and at most, what a comparison says as well; null if there is no such number.</summary>
    public Distance? Between(long low, long high) => Math.Max(Low, low) is var l && Math.Min(High, high) is var h && l <= h ? this with { Low = l, High = h } : null;

    /// <summary>A field of a structure there.</summary>
    public Distance? PlusField() => Plus(0, FarthestField);

    /// <summary>Whether it says at least as much as another about the same address.</summary>
    public bool IsWithin(Distance other) => Low >= other.Low && High <= other.High && (!IsOfMask || other.IsOfMask);

    /// <summary>
    /// The least upper bound. A bound that both agree on stays; another rests on the next of a few steps, so that no loop climbs for long. Beyond the last
    /// nothing is known; null is what nothing is known of.
    /// </summary>
    public static Distance Join(Distance? a, Distance? b)
    {
        if (a is null || b is null)
            return Unknown;

        long? low = a.Low == b.Low ? a.Low : -Step(-(Int128)Math.Min(a.Low, b.Low));
        long? high = a.High == b.High ? a.High : Step(Math.Max(a.High, b.High));
        return low is { } l && high is { } h ? new Distance(l, h, a.IsNumber && b.IsNumber, a.IsOfMask || b.IsOfMask) : Unknown;
    }

    private static long? Step(Int128 bound)
    {
        int index = Array.FindIndex(Steps, s => s >= bound);
        return index < 0 ? null : Steps[index];
    }
}
