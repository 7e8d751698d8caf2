namespace MemSentry.Fuzzing.Domains.Vocabulary;

/// <summary>The ways to throw: of the program, of the processor, of the runtime, and of the framework in an open window.</summary>
public static class FaultWays
{
    /// <summary>What a handler throws again; elsewhere it is <see cref="Plain"/>.</summary>
    public const string Again = "Again";

    /// <summary>An exception of the program's.</summary>
    public const string Plain = "Plain";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FaultWay> All { get; } =
    [
        new(Plain, "throw new OwnException()"),
        new("Framework", "throw new InvalidOperationException()"),
        new(Again, "throw"),
        new("Null", "h += ((int[])null).Length"),
        new("NullField", "h += World.Nothing.Length"),
        new("Division", "h /= depth & 0"),
        new("Bounds", "h += (new int[2])[(depth & 0) + 2]"),
        new("Cast", "h += (int)(object)\"\""),
        new("Overflow", "h += checked((depth & 0) + int.MaxValue + 1)"),
        new("Parse", "h += int.Parse(\"x\")"),
        new("RegionBounds", "h += {r}.Span[(depth & 0) + 64]", NeedsRegion: true),
        new("RegionSlice", "h += {r}.Span.Slice((depth & 0) + 65).Length", NeedsRegion: true),
        new("RegionShort", "h += BinaryPrimitives.ReadInt32LittleEndian({r}.Span.Slice(62))", NeedsRegion: true),
    ];

    /// <summary>The kinds that are caught.</summary>
    public static IReadOnlyList<string> Caught { get; } =
        ["Exception", "OwnException", "SystemException", "NullReferenceException", "ArithmeticException", "InvalidOperationException", "IndexOutOfRangeException", "ArgumentException"];

    /// <summary>The way of a name.</summary>
    public static FaultWay Of(string name) => All.First(w => w.Name == name);
}
