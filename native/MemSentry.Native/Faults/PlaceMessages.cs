namespace MemSentry.Native.Faults;

/// <summary>What the handler calls a place in the block of the safe regions.</summary>
internal sealed record PlaceMessages
{
    /// <summary>In a region that is in use.</summary>
    public required FaultMessage Inside { get; init; }

    /// <summary>In memory that a released region still holds.</summary>
    public required FaultMessage Released { get; init; }

    /// <summary>In the guard page at a region's end.</summary>
    public required FaultMessage Behind { get; init; }

    /// <summary>Elsewhere in the arena.</summary>
    public required FaultMessage Arena { get; init; }

    /// <summary>In the block, outside the arena.</summary>
    public required FaultMessage Guard { get; init; }

    /// <summary>All of them.</summary>
    public IEnumerable<FaultMessage> All => [Inside, Released, Behind, Arena, Guard];
}
