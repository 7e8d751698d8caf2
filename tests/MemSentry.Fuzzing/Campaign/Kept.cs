namespace MemSentry.Fuzzing.Campaign;

/// <summary>What was found, made small.</summary>
/// <param name="File">The file that can be replayed.</param>
/// <param name="Source">The same as C#.</param>
public sealed record Kept(string File, string Source);
