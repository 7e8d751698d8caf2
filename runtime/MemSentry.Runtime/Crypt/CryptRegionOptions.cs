using MemSentry.Native.Crypt;

namespace MemSentry.Crypt;

/// <summary>How a region is kept encrypted.</summary>
internal sealed record CryptRegionOptions
{
    /// <summary>What messages call the region.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// Whether each open makes sure that the region is as the last close left it. Without, the ciphertext hides what is in the region and nothing else: who can
    /// write to it flips the bits that he likes, or brings back an older state.
    /// </summary>
    public bool IsAuthenticated { get; init; } = true;

    /// <summary>The largest region that is accepted, in bytes, up to <see cref="CryptLimits.MostBytes"/>: each window costs time for all of it.</summary>
    public int MaxRegionSize { get; init; } = 65536;

    /// <summary>The instructions to use; <see langword="null"/> for the quickest that the processor has.</summary>
    public CipherForm? Form { get; init; }
}
