using MemSentry.Analysis.Options;

namespace MemSentry.Analysis.Planning;

/// <summary>Counts over one module.</summary>
/// <param name="Members">Member bodies that were analysed.</param>
/// <param name="Accesses">Address operands of accesses, conversions and escapes that were found.</param>
/// <param name="Proven">Those that need no check.</param>
/// <param name="Checks">Checks and masks that were planned.</param>
public sealed record PlanStatistics(int Members, int Accesses, int Proven, int Checks)
{
    /// <summary>
    /// How many operands have no check of their own because of each kind of proof (<see cref="AccessDecision.Pass"/>), and how many calls and loads gave way before
    /// (<see cref="BodyPreparation"/>).
    /// </summary>
    public IReadOnlyDictionary<PlanningPass, int> Passes { get; init; } = Enum.GetValues<PlanningPass>().ToDictionary(p => p, _ => 0);

    /// <summary>The same, with what gave way before.</summary>
    public PlanStatistics With(IReadOnlyDictionary<PlanningPass, int> prepared) => this with { Passes = Passes.ToDictionary(p => p.Key, p => p.Value + prepared.GetValueOrDefault(p.Key)) };

    internal static PlanStatistics Of(IReadOnlyCollection<MemberPlan> plans)
    {
        AccessVerdict[] verdicts = [.. plans.SelectMany(p => p.Decisions).Select(d => d.Verdict)];
        ILookup<PlanningPass?, AccessDecision> byPass = plans.SelectMany(p => p.Decisions).ToLookup(d => d.Pass);
        int settled = plans.Sum(p => p.ProvenAtAGlance);
        return new PlanStatistics(
            plans.Count,
            verdicts.Length + settled,
            verdicts.Count(v => v is AccessVerdict.Proven or AccessVerdict.WithinReach) + settled,
            plans.Sum(p => p.Decisions.Count(IsCheckedAlone) + p.MaskedBases.Length + p.MaskedCopies.Sum(c => c.Masks)))
        {
            Passes = Enum.GetValues<PlanningPass>().ToDictionary(p => p, p => byPass[p].Count()),
        };
    }

    /// <summary>A mask of a base may serve several accesses.</summary>
    private static bool IsCheckedAlone(AccessDecision decision) => decision is { Verdict: AccessVerdict.Checked or AccessVerdict.Masked, Form: not (CheckForm.MaskedBase or CheckForm.MaskedCopy) };
}
