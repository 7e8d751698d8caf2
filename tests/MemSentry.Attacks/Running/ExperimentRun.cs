namespace MemSentry.Attacks.Running;

/// <summary>All that came back about one build of the fixtures.</summary>
/// <param name="Facts">By row.</param>
/// <param name="Failures">Why rows are missing, in one sentence for each process that died.</param>
public sealed record ExperimentRun(IReadOnlyDictionary<string, RowFacts> Facts, IReadOnlyList<string> Failures);
