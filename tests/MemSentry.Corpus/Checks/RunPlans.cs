using MemSentry.Corpus.Subjects;

namespace MemSentry.Corpus.Checks;

/// <summary>Which subjects are woven in which ways.</summary>
public static class RunPlans
{
    /// <summary>Every subject in every way, every member compiled each time.</summary>
    public static IReadOnlyList<PlannedRun> Everything { get; } =
        [.. SubjectCatalog.All.SelectMany(s => Variant.All.Concat(Variant.OtherTrust).Select(v => new PlannedRun(s, v, Depth.Full)))];
}
