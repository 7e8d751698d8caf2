namespace MemSentry.Corpus.Checks;

/// <summary>One way to weave one subject, or one control.</summary>
/// <param name="Name">What.</param>
/// <param name="Complaints">What does not hold; empty if all does.</param>
/// <param name="Detail">What was counted.</param>
public sealed record RunResult(string Name, IReadOnlyList<string> Complaints, string Detail)
{
    /// <summary>Whether everything holds.</summary>
    public bool IsPassed => Complaints.Count == 0;

    /// <inheritdoc/>
    public override string ToString() => $"{(IsPassed ? "passed" : "FAILED"),-8}{Name,-40}{(IsPassed ? Detail : string.Join("; ", Complaints))}";
}
