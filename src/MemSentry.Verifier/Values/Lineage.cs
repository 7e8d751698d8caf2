namespace MemSentry.Verifier.Values;

/// <summary>What a value was computed from: it lies between <paramref name="Low"/> and <paramref name="High"/> bytes behind the value with a number.</summary>
/// <param name="Origin">The value number of what it was computed from, which need not lie in any slot any more.</param>
/// <param name="Low">The least distance, in bytes.</param>
/// <param name="High">The greatest.</param>
internal sealed record Lineage(int Origin, long Low, long High)
{
    /// <summary>Whether it is known to the byte how far.</summary>
    public bool IsExact => Low == High;

    /// <summary>The value moved on; null if it gets out of hand.</summary>
    public Lineage? Plus(Distance number) => Moved((Int128)Low + number.Low, (Int128)High + number.High);

    /// <summary>The value moved back; null if it gets out of hand.</summary>
    public Lineage? Minus(Distance number) => Moved((Int128)Low - number.High, (Int128)High - number.Low);

    private Lineage? Moved(Int128 low, Int128 high) => low >= -Distance.Limit && high <= Distance.Limit ? new Lineage(Origin, (long)low, (long)high) : null;
}
