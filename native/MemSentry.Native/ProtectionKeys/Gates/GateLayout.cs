namespace MemSentry.Native.ProtectionKeys.Gates;

/// <summary>Where the stubs of domains lie that are protected by keys, behind the arena and inside the block. Woven code has the addresses as constants.</summary>
internal static class GateLayout
{
    /// <summary>First byte of the first page.</summary>
    public const ulong Start = 0x1210_0000_0000;

    /// <summary>Bytes of a page.</summary>
    public const int PageLength = 4096;

    /// <summary>Pages that numbers of domains choose from. One more, behind them, belongs to the runtime itself.</summary>
    public const int Pages = 1 << 16;

    /// <summary>Bytes of all pages.</summary>
    public const ulong Length = (Pages + 1UL) * PageLength;

    /// <summary>Bytes from one stub to the next.</summary>
    public const int EntryLength = 128;

    /// <summary>The runtime's own page.</summary>
    public const ulong RuntimePage = Start + ((ulong)Pages * PageLength);

    /// <summary>The page of a domain.</summary>
    /// <param name="domain">The domain's number. Two numbers may have the same page; the runtime refuses the second.</param>
    public static ulong PageOf(int domain) => Start + ((ulong)(domain & (Pages - 1)) * PageLength);

    /// <summary>A stub on a page.</summary>
    public static ulong AddressOf(ulong page, GateEntry entry) => page + ((ulong)entry * EntryLength);
}
