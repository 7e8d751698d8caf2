namespace MemSentry.Verifier.Values;

/// <summary>What a value was computed from: it lies between <paramref name="Low"/> and <paramref name="High"/> bytes behind the value with a number.</summary>
/// <param name="Origin">The value number of what it was computed from, which need not lie in any slot any more.</param>
/// <param name="Low">The least distance, in bytes.</param>
/// <param name="High">The greatest.</param>
internal sealed record Lineage(int Origin, long Low, long High)
{
    /// <summary>Whether it is known to the byte how far.</summary>
    public bool IsExact => Low == High;

    /// <summary>The value moved on.</summary>
    public Lineage Plus(Distance number) => new(Origin, Low + number.Low, High + number.High);

    /// <summary>The value moved back.</summary>
    public Lineage Minus(Distance number) => new(Origin, Low - number.High, High - number.Low);
}
