namespace MemSentry.Allocation;

/// <summary>What a region's descriptor stands for at the moment.</summary>
internal enum RegionState : byte
{
    /// <summary>Nothing; free for the next region with pages of its own.</summary>
    Unused,

    /// <summary>A slot that waits for its next region.</summary>
    FreeSlot,

    /// <summary>A region that the program holds.</summary>
    Live,

    /// <summary>A released region whose memory is not reused yet.</summary>
    Quarantined,
}
