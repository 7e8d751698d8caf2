using System.Security.Cryptography;
using MemSentry.Attacks.Building;
using MemSentry.Attacks.Coverage;
using MemSentry.Attacks.Reading;
using MemSentry.Attacks.Running;

namespace MemSentry.Attacks.Judging;

/// <summary>The attack matrix: rows x arms x configurations, measured in one run with one secret.</summary>
/// <param name="Rows">The lines.</param>
/// <param name="Failures">What went wrong outside any cell: children that died, opcodes, members of the framework and borders without a row.</param>
public sealed record Matrix(IReadOnlyList<MatrixRow> Rows, IReadOnlyList<string> Failures)
{
    /// <summary>The cells that had to be blocked.</summary>
    public int Total => Rows.Sum(r => r.Cells.Keys.Count(key => key.Arm.MustBlock(r.Row)));

    /// <summary>Those that were, with everything else as unwoven.</summary>
    public int Passed => Rows.Sum(r => r.Cells.Values.Count(cell => cell.State == CellState.Blocked));

    /// <summary>Whether there is no failure of any kind.</summary>
    public bool IsPerfect => Rows.Count > 0 && Failures.Count == 0 && Rows.All(r => r.Controls.Values.All(c => c is null) && r.Cells.Values.All(c => c.State != CellState.Failed));

    /// <summary>Builds, weaves, attacks and judges.</summary>
    /// <param name="stage">Where the builds are.</param>
    /// <param name="arms">The woven arms; the control always runs too.</param>
    /// <param name="configurations">How the fixtures are compiled.</param>
    /// <param name="mode">How the children's runtime is set up.</param>
    /// <param name="filter">Part of the rows' names; empty for all.</param>
    public static Matrix Measure(
        Stage stage, IReadOnlyList<Arm> arms, IReadOnlyList<BuildConfiguration> configurations, ExecutionMode mode, string filter = "")
    {
        int seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        (Arm Arm, BuildConfiguration Configuration)[] jobs =
            [.. configurations.SelectMany(configuration => arms.Prepend(Arm.Unwoven).Select(arm => (arm, configuration)))];
        ExperimentRun[] results = new ExperimentRun[jobs.Length];
        Parallel.For(0, jobs.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
            results[i] = ExperimentProcess.Run(stage.Folder(jobs[i].Arm, jobs[i].Configuration), jobs[i].Arm, mode, seed, filter));
        Dictionary<(Arm Arm, BuildConfiguration Configuration), ExperimentRun> runs = jobs.Zip(results).ToDictionary(pair => pair.First, pair => pair.Second);
        List<string> failures =
        [
            .. from pair in jobs.Zip(results)
               from failure in pair.Second.Failures
               select $"{pair.First.Arm.Name} {pair.First.Configuration} ({mode.Name}): {failure}",
        ];

        IReadOnlyList<DeclaredRow> declared = DeclaredRow.In(stage.Folder(Arm.Unwoven, configurations[0]));
        failures.AddRange(OpcodeCoverage.Missing(declared).Select(opcode => $"The opcode {opcode} has no attack."));
        failures.AddRange(ApiCoverage.Missing(declared).Select(row => $"The row {row} of the access table has no attack."));
        failures.AddRange(BorderCoverage.Missing(declared).Select(row => $"The border {row} has no attack."));
        return new(
            [.. declared.Where(row => row.Name.Contains(filter, StringComparison.Ordinal)).Select(row => Judged(row, arms, configurations, runs))],
            failures);
    }

    private static MatrixRow Judged(
        DeclaredRow row,
        IReadOnlyList<Arm> arms,
        IReadOnlyList<BuildConfiguration> configurations,
        Dictionary<(Arm Arm, BuildConfiguration Configuration), ExperimentRun> runs)
    {
        Dictionary<BuildConfiguration, string?> controls =
            configurations.ToDictionary(c => c, c => Judge.Control(row, Facts(Arm.Unwoven, c)));
        Dictionary<(Arm Arm, BuildConfiguration Configuration), Cell> cells = arms
            .SelectMany(arm => configurations.Select(configuration => (Arm: arm, Configuration: configuration)))
            .ToDictionary(key => key, key => controls[key.Configuration] is { } reason
                ? new Cell(CellState.Failed, reason)
                : Judge.Woven(row, key.Arm, Facts(key.Arm, key.Configuration), Facts(Arm.Unwoven, key.Configuration)!));
        return new(row, controls, cells);

        RowFacts? Facts(Arm arm, BuildConfiguration configuration) => runs[(arm, configuration)].Facts.GetValueOrDefault(row.Name);
    }
}
