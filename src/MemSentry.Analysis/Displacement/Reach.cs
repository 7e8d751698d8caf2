namespace MemSentry.Analysis.Displacement;

/// <summary>
/// How far an address may lie from one outside the block and still need no check.
/// <para>
/// The arena lies in the middle of the block, with guards of 2 and 1.9 TiB on either side, in which nothing is ever mapped with rights. Whoever starts outside the
/// block and moves by less than a terabyte arrives outside the block or in a guard: the access works or faults, and never touches a safe region.
/// </para>
/// </summary>
internal static class Reach
{
    // An access is as long as a structure at most, 2^31 bytes, of a field that lies 2^27 bytes behind the address at most: it has to end in the guard in which it starts, because some copies begin at their end.
    private static readonly Interval OfAccess = new(-(1L << 40) + 1, (1L << 40) - (1L << 32));

    // A member of the framework may move the address once more by as much: half of what is left is enough for everybody.
    private static readonly Interval OfArgument = new(-(1L << 39), 1L << 39);

    /// <summary>A field lies this far behind the start of its structure at most (FIELD_OFFSET_LAST_REAL_OFFSET of CoreCLR).</summary>
    public static Interval OfField { get; } = new(0, 1L << 27);

    /// <summary>A structure is this large at most: <c>StructLayout(Size = …)</c> is believed by the runtime up to there, however near its last field lies.</summary>
    public static Interval OfStructure { get; } = new(0, int.MaxValue);

    /// <summary>What lies by contract outside the block is displaced inside one structure at most; see <see cref="Provenance.AddressOrigins.OfField"/>.</summary>
    public static Interval OfContract { get; } = new(-(1L << 28), 1L << 28);

    /// <summary>What is believed across calls lies that far from an address outside the block at most; see <see cref="Summaries.SummaryFacts"/>.</summary>
    public static Interval OfSummary { get; } = new(-(1L << 36), 1L << 36);

    /// <summary>Whether what lies that far from an address outside the block is proven for the other side of a call.</summary>
    public static bool IsProofForOthers(Interval? near) => near is { } n && n.IsWithin(OfSummary);

    /// <summary>Whether an access that far from an address outside the block needs no check.</summary>
    public static bool Includes(Interval? near, bool isArgument) => near is { } n && n.IsWithin(isArgument ? OfArgument : OfAccess);
}
