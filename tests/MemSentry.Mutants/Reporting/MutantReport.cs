using MemSentry.Mutants.Running;
using MemSentry.Mutants.Survivors;

namespace MemSentry.Mutants.Reporting;

/// <summary>What came of a campaign.</summary>
public sealed class MutantReport
{
    private readonly IReadOnlyList<Judged> _judged;
    private readonly Dictionary<string, string> _reasons;

    /// <summary>Compares the survivors of a campaign with those that have a reason.</summary>
    public MutantReport(IReadOnlyList<Judged> judged, IEnumerable<Survivor> explained)
    {
        _judged = judged;
        _reasons = explained.ToDictionary(s => s.Mutant, s => s.Reason);
    }

    /// <summary>Mutants that break what nothing else makes good.</summary>
    public int Total => _judged.Count(IsNecessary);

    /// <summary>Those that the verifier rejects.</summary>
    public int Rejected => Count(Verdict.Rejected);

    /// <summary>Mutants that the verifier accepts and that nobody has explained.</summary>
    public IEnumerable<string> Unexplained => Survivors.Where(s => !_reasons.ContainsKey(s));

    /// <summary>Explained survivors that do not survive, or are not drawn, any more.</summary>
    public IEnumerable<string> Stale => _reasons.Keys.Except(Survivors);

    /// <summary>Mutants that are no IL that the verifier understands: defects of the mutations.</summary>
    public IEnumerable<string> Meaningless => _judged.Where(j => j.Verdict == Verdict.NotUnderstood).Select(j => j.Mutant.ToString());

    /// <summary>Whether all is as it should be.</summary>
    public bool IsPerfect => Total > 0 && Rejected >= 0.99 * Total && !Unexplained.Concat(Stale).Concat(Meaningless).Any();

    private IEnumerable<string> Survivors => _judged.Where(j => j.Verdict == Verdict.Accepted).Select(j => j.Mutant.ToString());

    /// <summary>The report as text.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"{"kind",-25} rejected/total";
        foreach (IGrouping<string, Judged> kind in _judged.Where(IsNecessary).GroupBy(j => j.Mutant.Kind).OrderBy(g => g.Key, StringComparer.Ordinal))
            yield return $"{kind.Key,-25} {kind.Count(j => j.Verdict == Verdict.Rejected)}/{kind.Count()}";
        yield return $"{Count(Verdict.Equivalent)} more broke a check that another check stands in for, as an analysis finds that has nothing in common with the verifier";

        foreach (string survivor in Survivors.Where(_reasons.ContainsKey))
            yield return $"equivalent: {survivor}: {_reasons[survivor]}";
        foreach (string survivor in Unexplained)
            yield return $"accepted without a reason: {survivor}";
        foreach (string stale in Stale)
            yield return $"has a reason but is not accepted any more: {stale}";
        foreach (string mutant in Meaningless)
            yield return $"not understood, so that it proves nothing: {mutant}";
    }

    private int Count(Verdict verdict) => _judged.Count(j => j.Verdict == verdict);

    private static bool IsNecessary(Judged judged) => judged.Verdict is Verdict.Rejected or Verdict.Accepted;
}
