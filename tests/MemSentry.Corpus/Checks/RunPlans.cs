using MemSentry.Analysis.Options;
using MemSentry.Corpus.Subjects;

namespace MemSentry.Corpus.Checks;

/// <summary>Which subjects are woven in which ways.</summary>
public static class RunPlans
{
    /// <summary>Every subject in every way, other lives of proofs included; each time all members are compiled.</summary>
    public static IReadOnlyList<PlannedRun> Everything { get; } =
        [.. SubjectCatalog.All.SelectMany(s => Variant.All.Concat(Variant.OtherTrust).Select(v => new PlannedRun(s, v, Depth.Full)))];

    /// <summary>What <see cref="Figure"/> leaves out.</summary>
    public const string LeftOut =
        "Left out here: Roslyn, Decompiler and Iced in six of their nine ways (each method and each choice of accesses comes once), 'none' with r or w, other values of Trust; " +
        "and where the way is not 'mpx rw', members without checks are not compiled and no file is woven twice. 'dotnet run -c Release --project tests/MemSentry.Corpus -- all' leaves out nothing.";

    /// <summary>What fits into a minute; the default of every subject first, so that subjects take turns.</summary>
    public static IReadOnlyList<PlannedRun> Figure { get; } =
    [
        .. from variant in Variant.All
           from subject in SubjectCatalog.All
           where subject is { HasFewPointers: true } ? IsOnDiagonal(variant) : variant.Method != ProtectionMethod.None || variant.Rw == CheckedAccesses.ReadWrite
           select new PlannedRun(subject, variant, variant == Variant.Default ? Depth.Full : Depth.ChangedMembers),
    ];

    /// <summary>What a test has time for: each subject in one way, and each way once, but 'none' with r or w.</summary>
    public static IReadOnlyList<PlannedRun> Test { get; } =
    [
        .. SubjectCatalog.All.Where(s => s.Name != SubjectCatalog.Biggest)
            .Select((s, i) => new PlannedRun(s, Variant.All[((i * 4) + 2) % 7], Depth.ChangedMembers)),
    ];

    private static bool IsOnDiagonal(Variant variant) => (variant.Method, variant.Rw) is
        (ProtectionMethod.Mpx, CheckedAccesses.ReadWrite) or (ProtectionMethod.Sfi, CheckedAccesses.Read) or (ProtectionMethod.None, CheckedAccesses.Write);
}
