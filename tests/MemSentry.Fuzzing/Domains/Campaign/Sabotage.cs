namespace MemSentry.Fuzzing.Domains.Campaign;

/// <summary>Something that is broken on purpose, to see that it is found.</summary>
/// <param name="Change">Breaks a woven assembly.</param>
/// <param name="Host">A copy of this program beside a broken runtime, for its children.</param>
public sealed record Sabotage(Action<string>? Change = null, string? Host = null);
