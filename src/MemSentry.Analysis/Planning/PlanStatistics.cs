namespace MemSentry.Analysis.Planning;

/// <summary>Counts over one module.</summary>
/// <param name="Members">Member bodies that were analysed.</param>
/// <param name="Accesses">Address operands of accesses, conversions and escapes that were found.</param>
/// <param name="Proven">Those that provenance proves.</param>
/// <param name="Checks">Checks and masks that were planned.</param>
public sealed record PlanStatistics(int Members, int Accesses, int Proven, int Checks)
{
    internal static PlanStatistics Of(IReadOnlyCollection<MemberPlan> plans)
    {
        AccessVerdict[] verdicts = [.. plans.SelectMany(p => p.Decisions).Select(d => d.Verdict)];
        int settled = plans.Sum(p => p.ProvenAtAGlance);
        return new PlanStatistics(
            plans.Count,
            verdicts.Length + settled,
            verdicts.Count(v => v is AccessVerdict.Proven or AccessVerdict.WithinReach) + settled,
            plans.Sum(p => p.Decisions.Count(IsCheckedAlone) + p.MaskedBases.Length + p.MaskedCopies.Sum(c => c.Masks)));
    }

    /// <summary>A mask of a base may serve several accesses.</summary>
    private static bool IsCheckedAlone(AccessDecision decision) => decision is { Verdict: AccessVerdict.Checked or AccessVerdict.Masked, Form: not CheckForm.MaskedBase };
}
