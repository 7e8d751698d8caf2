namespace MemSentry.AccessTable;

/// <summary>
/// Where the stubs of domains lie that are protected by keys: constants in woven code, because an address that is read from memory could be rewritten. The
/// runtime has its own copy (<c>MemSentry.Native.ProtectionKeys.Gates.GateLayout</c>).
/// </summary>
public static class GateLayout
{
    /// <summary>First byte of the first page, behind the arena and inside the block.</summary>
    public const long Start = 0x1210_0000_0000;

    /// <summary>Bytes of a page.</summary>
    public const int PageLength = 4096;

    /// <summary>Pages; a domain's number chooses one.</summary>
    public const int Pages = 1 << 16;

    /// <summary>Bytes from one stub to the next.</summary>
    public const int EntryLength = 128;

    /// <summary>The address of a stub.</summary>
    /// <param name="domain">The domain's number.</param>
    /// <param name="entry">The stub.</param>
    public static long AddressOf(int domain, GateEntry entry) => Start + ((long)(domain & (Pages - 1)) * PageLength) + ((int)entry * EntryLength);
}
