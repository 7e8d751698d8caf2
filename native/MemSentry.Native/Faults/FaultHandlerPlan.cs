namespace MemSentry.Native.Faults;

/// <summary>
/// Everything that the handler knows. All of it becomes immediate operands and read-only text in the handler's own sealed pages:
/// nothing that it goes by lies where a program's bug could write.
/// </summary>
internal sealed record FaultHandlerPlan
{
    /// <summary>The handler that was there before; it gets every signal.</summary>
    public required ulong NextHandler { get; init; }

    /// <summary>The handler that was there before any of ours; it gets a signal that the next one has sent round in a circle.</summary>
    public required ulong FirstHandler { get; init; }

    /// <summary>How many of ours were there before; below 64.</summary>
    public required int Order { get; init; }

    /// <summary>The address bit that the mask sets.</summary>
    public required int MaskBit { get; init; }

    /// <summary>Bytes above <see cref="MaskBit"/> that stand for null and small offsets, as a power of two.</summary>
    public required int NullRangeShift { get; init; }

    /// <summary>A masked address faulted, and memory lies where the program meant.</summary>
    public required FaultMessage LowMemory { get; init; }

    /// <summary>The block of the safe regions; <see langword="null"/> in a process that has none.</summary>
    public required ProtectedBlock? Block { get; init; }
}
