namespace MemSentry.Native.Faults;

/// <summary>
/// Where the arena keeps its region descriptors and what they look like, for machine code that reads them without help: addresses, and
/// offsets in bytes.
/// </summary>
internal sealed record RegionTable
{
    /// <summary>First byte of the arena; region offsets count from it.</summary>
    public required ulong ArenaStart { get; init; }

    /// <summary>Bytes of the arena.</summary>
    public required ulong ArenaLength { get; init; }

    /// <summary>Address of the number of descriptors (32 bits), the unused one at index 0 included.</summary>
    public required ulong Count { get; init; }

    /// <summary>Address of the descriptor with index 0.</summary>
    public required ulong Descriptors { get; init; }

    /// <summary>Bytes of a descriptor.</summary>
    public required int DescriptorLength { get; init; }

    /// <summary>Offset of the region's first byte (64 bits).</summary>
    public required int Offset { get; init; }

    /// <summary>Offset of its length (64 bits).</summary>
    public required int Length { get; init; }

    /// <summary>Offset of the first byte of what it owns (64 bits).</summary>
    public required int ExtentOffset { get; init; }

    /// <summary>Offset of the length of what it owns (64 bits).</summary>
    public required int ExtentLength { get; init; }

    /// <summary>Offset of the state (8 bits).</summary>
    public required int State { get; init; }

    /// <summary>The state of a region in use.</summary>
    public required byte Live { get; init; }

    /// <summary>The state of a released one whose memory is not reused yet.</summary>
    public required byte Quarantined { get; init; }

    /// <summary>Offset of the traits (8 bits).</summary>
    public required int Traits { get; init; }

    /// <summary>The trait of a region with a guard page at its end.</summary>
    public required byte GuardAtEnd { get; init; }

    /// <summary>Offset of the name's length (8 bits).</summary>
    public required int NameLength { get; init; }

    /// <summary>Offset of the name.</summary>
    public required int Name { get; init; }

    /// <summary>Offset of the index of its domain (8 bits).</summary>
    public required int Domain { get; init; }

    /// <summary>Address of the first domain.</summary>
    public required ulong Domains { get; init; }

    /// <summary>Bytes of a domain.</summary>
    public required int DomainLength { get; init; }

    /// <summary>Offset of the length of a domain's name (32 bits).</summary>
    public required int DomainNameLength { get; init; }

    /// <summary>Offset of the name.</summary>
    public required int DomainName { get; init; }

    /// <summary>Bytes that a name of a region or domain can have.</summary>
    public required int NameCapacity { get; init; }
}
