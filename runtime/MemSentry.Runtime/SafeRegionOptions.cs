namespace MemSentry;

/// <summary>How a safe region is laid out.</summary>
public sealed record SafeRegionOptions
{
    /// <summary>Shown in messages. Kept inside the arena, as at most 64 bytes of UTF-8; longer names are cut.</summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// The domain that the region opens and closes with, where a domain-based method (<c>mprotect</c>, <c>crypt</c>) is in force; the default one if nothing is said.
    /// <see cref="SafeRegionAccessAttribute.Domain"/> names the domain that a member opens. Regions of different domains share no page.
    /// </summary>
    public string Domain { get; init; } = "";

    /// <summary>
    /// In a domain of the method <c>crypt</c>: the largest region that is accepted, in bytes, up to 1 MiB. Each window decrypts and encrypts the whole
    /// region. 65536 by default.
    /// </summary>
    public int MaxRegionSize { get; init; } = 65536;

    /// <summary>
    /// In a domain of the method <c>crypt</c>: whether each window makes sure that the region is as the last one left it. Without, ciphertext hides the region's bytes
    /// and nothing else: who can write there flips the bits that he likes, or brings back an older state.
    /// </summary>
    public bool IsAuthenticated { get; init; } = true;

    /// <summary>Alignment of the first byte, in bytes; a power of two. 16 by default, enough for every vector of 128 bits. At most a page (4096) in a domain of the method <c>crypt</c>.</summary>
    public nuint Alignment { get; init; } = 16;

    /// <summary>
    /// Gives the region pages that it shares with no other, so that <see cref="SafeRegion.MakeReadOnly"/> works. Regions of 4096 bytes
    /// and more have them anyway.
    /// </summary>
    public bool OwnPages { get; init; }

    /// <summary>
    /// Places the region so that its end meets a page without rights (implies <see cref="OwnPages"/>): trusted code that runs past the
    /// end dies at once. Exact to the byte if the length is a multiple of <see cref="Alignment"/>.
    /// </summary>
    public bool GuardAtEnd { get; init; }
}
