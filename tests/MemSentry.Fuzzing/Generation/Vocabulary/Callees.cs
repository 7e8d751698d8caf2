namespace MemSentry.Fuzzing.Generation.Vocabulary;

/// <summary>
/// Members of the prelude that compute something from an address and a number: <c>long F(byte*, long)</c>. They reach no further than 32 bytes to either side.
/// </summary>
public static class Callees
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "Sum", "Walk", "Digest", "Closure", "Iterate", "Exchange", "Bits", "Lanes", "Pinned", "Guarded", "Virtual", "Static", "Delegate", "Buffer", "Fixed", "InArray", "Slices", "Chain", "Circle",
    ];
}
