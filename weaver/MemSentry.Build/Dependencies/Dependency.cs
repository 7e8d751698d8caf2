namespace MemSentry.Build.Dependencies;

/// <summary>One assembly that a program brings along.</summary>
/// <param name="Source">Where it is.</param>
/// <param name="Output">Where its woven form goes, if it has to be woven.</param>
internal sealed record Dependency(string Source, string Output);
