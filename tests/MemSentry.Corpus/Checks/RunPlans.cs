using MemSentry.Analysis.Options;
using MemSentry.Corpus.Subjects;

namespace MemSentry.Corpus.Checks;

/// <summary>Which subjects are woven in which ways.</summary>
public static class RunPlans
{
    /// <summary>Every subject in every way, other lives of proofs included; each time all members are compiled.</summary>
    public static IReadOnlyList<PlannedRun> Everything { get; } =
        [.. SubjectCatalog.All.SelectMany(s => Variant.All.Concat(Variant.OtherTrust).Select(v => new PlannedRun(s, v, Depth.Full)))];

    /// <summary>What fits into a minute; the default of every subject first, so that subjects take turns.</summary>
    public static IReadOnlyList<PlannedRun> Figure { get; } =
    [
        .. from way in Enumerable.Range(0, Variant.All.Count)
           from subject in SubjectCatalog.All
           where way < subject.WaysInFigure
           select new PlannedRun(subject, Variant.All[way], way > 0 ? Depth.ChangedMembers : subject.Name == SubjectCatalog.Biggest ? Depth.AllMembers : Depth.Full),
    ];

    /// <summary>What <see cref="Figure"/> leaves out.</summary>
    public static string LeftOut { get; } =
        $"left out: {string.Join(", ", SubjectCatalog.All.Where(s => s.WaysInFigure < Variant.All.Count).Select(s => $"{s.Name} in {Variant.All.Count - s.WaysInFigure} of {Variant.All.Count} ways"))}; " +
        $"but for '{Variant.Default}', to compile members without checks and to weave twice (not at all for {SubjectCatalog.Biggest}). " +
        "'dotnet run -c Release --project tests/MemSentry.Corpus -- all' leaves out nothing.";

    /// <summary>What a test has time for: each subject in one way, and each way that protects.</summary>
    public static IReadOnlyList<PlannedRun> Test { get; } =
    [
        .. SubjectCatalog.All.Where(s => s.Name != SubjectCatalog.Biggest)
            .Zip(TestWays, (subject, way) => new PlannedRun(subject, way, Depth.ChangedMembers)),
    ];

    // The last is the framework's.
    private static IEnumerable<Variant> TestWays => Variant.All.Where(v => v.Method != ProtectionMethod.None).Append(new(ProtectionMethod.Sfi, CheckedAccesses.ReadWrite));
}
