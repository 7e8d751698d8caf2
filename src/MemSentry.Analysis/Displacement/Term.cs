namespace MemSentry.Analysis.Displacement;

/// <summary>What is known of a number in a stack slot or variable: it is the value that a symbol stands for, plus an offset (modulo 2^64).</summary>
/// <param name="Symbol">The symbol; see <see cref="Symbols"/>.</param>
/// <param name="Offset">What the offset may be.</param>
internal readonly record struct Term(long Symbol, Interval Offset)
{
    /// <summary>Something that may be anything, also more than its type on the stack allows: see <see cref="DisplacementState.Distrust"/>.</summary>
    public static Term Unknown { get; } = new(Symbols.None, default);

    /// <summary>Whether it is a number of which only the size is known.</summary>
    public bool IsNumber => Symbol == Symbols.Zero;

    /// <summary>Whether there is anything to know.</summary>
    public bool IsKnown => Symbol != Symbols.None;

    /// <summary>A number within bounds.</summary>
    public static Term Number(Interval interval) => new(Symbols.Zero, interval);

    /// <summary>The very value of a symbol.</summary>
    public static Term Of(long symbol) => new(symbol, Interval.Zero);
}
