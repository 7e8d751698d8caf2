namespace MemSentry.AccessTable;

/// <summary>
/// The constants that woven code carries. The runtime has its own copy (<c>MemSentry.AddressSpaceLayout</c>) and refuses to start
/// an assembly that was woven with another <see cref="Version"/>.
/// </summary>
public static class AddressSpaceLayout
{
    /// <summary>Number of this layout.</summary>
    public const int Version = 1;

    /// <summary>The block is aligned to, and as large as, 2 to this power: 4 TiB.</summary>
    public const int BlockShift = 42;

    /// <summary>An address lies in the block exactly if its bits from <see cref="BlockShift"/> up equal this number.</summary>
    public const int BlockIndex = 4;

    /// <summary>
    /// The bit that the method <c>sfi</c> sets in an address. It leads every address of the block into the alias, where nothing is ever mapped with
    /// rights, and leaves alone the addresses at which programs have their memory, because these have the bit already.
    /// </summary>
    public const long AliasBit = 1L << 46;
}
