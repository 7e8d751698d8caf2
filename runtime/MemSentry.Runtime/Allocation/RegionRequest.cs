namespace MemSentry.Allocation;

/// <summary>A checked request for a region.</summary>
/// <param name="Length">Bytes, at least 1.</param>
/// <param name="Alignment">A power of two.</param>
/// <param name="OwnPages">Whether it must not share pages.</param>
/// <param name="GuardAtEnd">Whether it must end at a page without rights.</param>
/// <param name="Name">Shown in messages.</param>
/// <param name="Domain">Name of the domain that it opens and closes with.</param>
internal readonly record struct RegionRequest(ulong Length, ulong Alignment, bool OwnPages, bool GuardAtEnd, string Name, string Domain)
{
    /// <summary>Bytes that it owns before its first one, for a header; a multiple of the alignment.</summary>
    public ulong LengthBefore { get; init; }

    /// <summary>The largest region that is kept encrypted, in bytes.</summary>
    public int MaxRegionSize { get; init; } = 65536;

    /// <summary>Whether a change of its ciphertext is found out.</summary>
    public bool IsAuthenticated { get; init; } = true;

    /// <exception cref="ArgumentOutOfRangeException">The length is zero or no arena could hold it, or the alignment is no power of two.</exception>
    public static RegionRequest Check(nuint length, SafeRegionOptions? options)
    {
        options ??= new SafeRegionOptions();
        ArgumentOutOfRangeException.ThrowIfZero(length);

        // Below this bound no sum of length, canary, guard and alignment that follows can overflow.
        ArgumentOutOfRangeException.ThrowIfGreaterThan<ulong>(length, AddressSpaceLayout.ArenaLength, nameof(length));
        if (!nuint.IsPow2(options.Alignment) || options.Alignment > AddressSpaceLayout.ArenaLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.Alignment, "The alignment of a safe region is a power of two, at most the length of the arena.");
        }

        string domain = string.IsNullOrEmpty(options.Domain) ? Domains.DomainTable.DefaultName : options.Domain;
        return new RegionRequest(length, options.Alignment, options.OwnPages, options.GuardAtEnd, options.Name ?? "", domain)
        {
            MaxRegionSize = options.MaxRegionSize,
            IsAuthenticated = options.IsAuthenticated,
        };
    }
}
