using System.Globalization;
using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Judging;
using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing.Shrinking;

/// <summary>Tries members the way that a discovery was made: the same compiler, weave and mode.</summary>
/// <param name="builder">Builds and weaves them.</param>
/// <param name="batch">The batch that the member was in.</param>
/// <param name="finding">What was wrong with it.</param>
/// <param name="root">A folder for the runner.</param>
public sealed class Trial(BatchBuilder builder, Batch batch, Finding finding, string root) : IDisposable
{
    private readonly RunnerProcess _runner = new(batch.Mode, Path.Combine(root, "position-trial"));
    private int _rounds;

    /// <summary>Which members fail in the way of the discovery.</summary>
    public IReadOnlyList<bool> Fail(IReadOnlyList<Member> members)
    {
        Batch trial = batch with
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"Trial{_rounds++}"),
            Arms = [batch.Arms.First(a => a.Name == finding.Arm)],
            Members = members,
        };
        BuiltBatch built = builder.Build(trial);
        IEnumerable<Finding> findings = finding.Kind is FindingKind.Rejected or FindingKind.WeaveFailed ? built.Findings : _runner.Run(built.Order).Findings;
        HashSet<int> failing = [.. findings.Where(f => f.Kind == finding.Kind).Select(f => f.Member)];
        return [.. Enumerable.Range(0, members.Count).Select(failing.Contains)];
    }

    /// <inheritdoc/>
    public void Dispose() => _runner.Dispose();
}
