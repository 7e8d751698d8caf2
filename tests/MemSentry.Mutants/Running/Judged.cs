namespace MemSentry.Mutants.Running;

/// <summary>A mutant with its verdict.</summary>
public sealed record Judged(Mutant Mutant, Verdict Verdict);
