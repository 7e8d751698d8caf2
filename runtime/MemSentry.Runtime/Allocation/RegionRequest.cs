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

        return new RegionRequest(length, options.Alignment, options.OwnPages, options.GuardAtEnd, options.Name ?? "", string.IsNullOrEmpty(options.Domain) ? Domains.DomainTable.DefaultName : options.Domain);
    }
}
