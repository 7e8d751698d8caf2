using System.Globalization;
using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Domains.Building;
using MemSentry.Fuzzing.Domains.Running;
using MemSentry.Fuzzing.Domains.Tree;
using MemSentry.Fuzzing.Judging;

namespace MemSentry.Fuzzing.Domains.Shrinking;

/// <summary>Tries scenarios the way that a discovery was made: the same compiler, weave and mode.</summary>
/// <param name="builder">Builds and weaves them.</param>
/// <param name="batch">The batch that the scenario was in.</param>
/// <param name="finding">What was wrong with it.</param>
/// <param name="runners">Run them; they end with the trial.</param>
internal sealed class ScenarioTrial(DomainBatchBuilder builder, DomainBatch batch, Finding finding, DomainRunners runners) : IDisposable
{
    private int _rounds;

    /// <summary>Which scenarios fail in the way of the discovery.</summary>
    public IReadOnlyList<bool> Fail(IReadOnlyList<Scenario> scenarios)
    {
        DomainBatch trial = batch with
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"Trial{_rounds++}"),
            Arms = [batch.Arms.First(a => a.Name == finding.Arm)],
            Scenarios = scenarios,
        };
        BuiltBatch built = builder.Build(trial);
        IEnumerable<Finding> findings = finding.Kind is FindingKind.Rejected or FindingKind.WeaveFailed ? built.Findings : runners.Run(trial, built.Order).Findings;
        HashSet<int> failing = [.. findings.Where(f => f.Kind == finding.Kind).Select(f => f.Member)];
        return [.. Enumerable.Range(0, scenarios.Count).Select(failing.Contains)];
    }

    public void Dispose() => runners.Dispose();
}
