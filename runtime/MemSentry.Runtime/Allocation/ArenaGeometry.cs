namespace MemSentry.Allocation;

/// <summary>How an arena is divided. All offsets count bytes from its start and are multiples of a page.</summary>
/// <param name="Length">Bytes of the arena.</param>
/// <param name="RegionTable">Where the region descriptors start.</param>
/// <param name="RegionCapacity">How many there can be.</param>
/// <param name="RunTable">Where the page-run records start.</param>
/// <param name="RunCapacity">How many there can be.</param>
/// <param name="CipherTable">Where the <see cref="Crypt.RegionCipher"/> of each region starts.</param>
/// <param name="Windows">Where <see cref="Domains.WindowRecords"/> starts: directly before the data, so that one system call reaches both.</param>
/// <param name="Data">Where the pages for regions start; they end with the arena.</param>
internal readonly record struct ArenaGeometry(
    ulong Length, ulong RegionTable, uint RegionCapacity, ulong RunTable, uint RunCapacity, ulong CipherTable, ulong Windows, ulong Data)
{
    public const ulong PageLength = 4096;

    /// <summary>Bytes for <see cref="ArenaHeader"/>, the locks, the domains and the list of woven modules.</summary>
    public const ulong HeaderLength = 256 * 1024;

    /// <summary>The most regions that an arena can hold at a time, those in quarantine included.</summary>
    public const uint MaximumRegions = 1 << 20;

    /// <summary>
    /// One descriptor for every page, up to a million (128 MiB of the real arena), and as many run records. The tables cost address
    /// space until they are used, not memory.
    /// </summary>
    public static unsafe ArenaGeometry For(ulong length)
    {
        var capacity = (uint)Math.Min(length / PageLength, MaximumRegions);
        ulong runTable = HeaderLength + RoundUp((ulong)capacity * (ulong)sizeof(RegionDescriptor), ArenaTables.Step);
        ulong cipherTable = runTable + RoundUp((ulong)capacity * (ulong)sizeof(PageRun), ArenaTables.Step);
        ulong windows = cipherTable + RoundUp((ulong)capacity * (ulong)sizeof(Crypt.RegionCipher), ArenaTables.Step);
        return new ArenaGeometry(length, HeaderLength, capacity, runTable, capacity, cipherTable, windows, windows + Domains.WindowRecords.TotalLength);
    }

    /// <summary>The next multiple of a page. The caller has checked that this does not overflow.</summary>
    /// <param name="length">Bytes.</param>
    /// <param name="unit">A power of two.</param>
    public static ulong RoundUp(ulong length, ulong unit = PageLength) => (length + unit - 1) & ~(unit - 1);
}
