namespace MemSentry.Attacks.Running;

/// <summary>All that came back from one child.</summary>
/// <param name="Facts">By row.</param>
/// <param name="Failure">Why the run is not complete, in one sentence; null if it is.</param>
public sealed record ExperimentRun(IReadOnlyDictionary<string, RowFacts> Facts, string? Failure);
