namespace MemSentry.Analysis.Displacement;

/// <summary>The whole numbers from <paramref name="Low"/> to <paramref name="High"/>. A result that could wrap around 64 bits, or is as large as to be of no use, is null.</summary>
/// <param name="Low">The smallest.</param>
/// <param name="High">The greatest.</param>
internal readonly record struct Interval(long Low, long High)
{
    /// <summary>The product of any two int32 that are not negative; of two such numbers the difference does not overflow.</summary>
    private const long Limit = (1L << 62) - 1;

    /// <summary>
    /// Where a bound that grows in a loop may rest: each of them a handful of times, so that the iteration ends. What is less than some int32 can be one more, and still is one.
    /// </summary>
    private static readonly long[] Thresholds = [1L << 16, (1L << 31) - 2, (1L << 31) - 1, 1L << 31, 1L << 32, 1L << 36, 1L << 39];

    /// <summary>The number zero.</summary>
    public static Interval Zero { get; }

    /// <summary>Whatever an int32 can be.</summary>
    public static Interval Int32 { get; } = new(int.MinValue, int.MaxValue);

    /// <summary>Whatever 64 bits can be.</summary>
    public static Interval Int64 { get; } = new(long.MinValue, long.MaxValue);

    /// <summary>Whatever an int32 can be that was widened with zeros.</summary>
    public static Interval UInt32 { get; } = new(0, uint.MaxValue);

    /// <summary>Whether it is one number.</summary>
    public bool IsConstant => Low == High;

    public static Interval Of(long number) => new(number, number);

    /// <summary>Whether all of it lies in another.</summary>
    public bool IsWithin(Interval other) => Low >= other.Low && High <= other.High;

    public static Interval? Add(Interval a, Interval b) => Bounded((Int128)a.Low + b.Low, (Int128)a.High + b.High);

    public static Interval? Subtract(Interval a, Interval b) => Bounded((Int128)a.Low - b.High, (Int128)a.High - b.Low);

    public static Interval? Multiply(Interval a, Interval b)
    {
        Int128[] corners = [(Int128)a.Low * b.Low, (Int128)a.Low * b.High, (Int128)a.High * b.Low, (Int128)a.High * b.High];
        return Bounded(corners.Min(), corners.Max());
    }

    /// <summary>The least interval around both.</summary>
    public static Interval Hull(Interval a, Interval b) => new(Math.Min(a.Low, b.Low), Math.Max(a.High, b.High));

    /// <summary>An interval around both, whose bounds rest where they were or on a threshold; null beyond the last.</summary>
    public static Interval? Widen(Interval before, Interval more) => Widened(before, more, null);

    /// <summary>The same for numbers: what is too large for an address may yet be the square of an index, which a comparison bounds.</summary>
    public static Interval? WidenNumber(Interval before, Interval more) => Widened(before, more, Limit);

    private static Interval? Widened(Interval before, Interval more, long? last)
    {
        long? low = more.Low >= before.Low ? before.Low : -Threshold(-(Int128)more.Low, last);
        long? high = more.High <= before.High ? before.High : Threshold(more.High, last);
        return low is { } l && high is { } h ? new Interval(l, h) : null;
    }

    private static long? Threshold(Int128 bound, long? last) =>
        bound <= 0 ? 0 : Array.Find(Thresholds, t => t >= bound) is var found and not 0 ? found : bound <= last ? last : null;

    private static Interval? Bounded(Int128 low, Int128 high) => low >= -Limit && high <= Limit ? new Interval((long)low, (long)high) : null;
}
