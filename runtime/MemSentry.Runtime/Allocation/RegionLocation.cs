namespace MemSentry.Allocation;

/// <summary>Where a live region lies, recomputed from the arena's records.</summary>
internal readonly unsafe struct RegionLocation(byte* start, nuint length, RegionTraits traits)
{
    public byte* Start { get; } = start;

    public nuint Length { get; } = length;

    public bool IsReadOnly { get; } = (traits & RegionTraits.ReadOnly) != 0;

    public bool IsEncrypted { get; } = (traits & RegionTraits.Encrypted) != 0;
}
