namespace MemSentry.Native.Faults;

/// <summary>The block of the safe regions, as the handler knows it.</summary>
internal sealed record ProtectedBlock
{
    /// <summary>The block is as large as, and aligned to, 2 to this power.</summary>
    public required int Shift { get; init; }

    /// <summary>The bits of its addresses from <see cref="Shift"/> up.</summary>
    public required int Index { get; init; }

    /// <summary>The regions in it.</summary>
    public required RegionTable Regions { get; init; }

    /// <summary>What places in it are called.</summary>
    public required PlaceMessages Places { get; init; }

    /// <summary>An access with a masked address of the block.</summary>
    public required FaultMessage MaskedAccess { get; init; }

    /// <summary>An access with an address of the block itself.</summary>
    public required FaultMessage DirectAccess { get; init; }
}
