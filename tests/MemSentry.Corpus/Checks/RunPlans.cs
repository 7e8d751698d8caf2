using MemSentry.Analysis.Options;
using MemSentry.Corpus.Subjects;

namespace MemSentry.Corpus.Checks;

/// <summary>Which subjects are woven in which ways.</summary>
public static class RunPlans
{
    /// <summary>Every subject in every way, other lives of proofs included; each time all members are compiled.</summary>
    public static IReadOnlyList<PlannedRun> Everything { get; } =
        [.. SubjectCatalog.All.SelectMany(s => Variant.All.Concat(Variant.OtherTrust).Select(v => new PlannedRun(s, v, Depth.Full)))];

    /// <summary>
    /// What fits into a minute: all members are compiled with the default, those that the weave changed with the others; and the biggest subject is
    /// woven in three of the nine ways, each method and each choice of accesses once.
    /// </summary>
    public static IReadOnlyList<PlannedRun> Figure { get; } =
    [
        .. from subject in SubjectCatalog.All
           from variant in Variant.All
           where subject != SubjectCatalog.Biggest || IsOnDiagonal(variant)
           select new PlannedRun(subject, variant, variant == Variant.Default ? Depth.Full : Depth.ChangedMembers),
    ];

    /// <summary>What a test has time for: one way for each subject, another for the next.</summary>
    public static IReadOnlyList<PlannedRun> Test { get; } =
        [.. SubjectCatalog.All.Where(s => s != SubjectCatalog.Biggest).Select((s, i) => new PlannedRun(s, Variant.All[i % Variant.All.Count], Depth.ChangedMembers))];

    private static bool IsOnDiagonal(Variant variant) => (variant.Method, variant.Rw) is
        (ProtectionMethod.Mpx, CheckedAccesses.ReadWrite) or (ProtectionMethod.Sfi, CheckedAccesses.Read) or (ProtectionMethod.None, CheckedAccesses.Write);
}
