namespace MemSentry.Fuzzing.Domains.Vocabulary;

/// <summary>One way to throw, as a C# statement without its semicolon; <c>{r}</c> is a region, for those that only whitelisted code can do.</summary>
public sealed record FaultWay(string Name, string Code, bool NeedsRegion = false);
