using MemSentry.Corpus.Subjects;

namespace MemSentry.Corpus.Checks;

/// <summary>One thing to do.</summary>
/// <param name="Subject">What to weave.</param>
/// <param name="Variant">How.</param>
/// <param name="Depth">How much to check of it.</param>
public sealed record PlannedRun(Subject Subject, Variant Variant, Depth Depth);
