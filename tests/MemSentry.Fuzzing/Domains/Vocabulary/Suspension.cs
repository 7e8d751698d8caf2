namespace MemSentry.Fuzzing.Domains.Vocabulary;

/// <summary>Whether a member can be suspended.</summary>
public enum Suspension
{
    /// <summary>It cannot.</summary>
    None,

    /// <summary>By <c>await</c>.</summary>
    Async,

    /// <summary>By <c>yield</c>.</summary>
    Iterator,
}
