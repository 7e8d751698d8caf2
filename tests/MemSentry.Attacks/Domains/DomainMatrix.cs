using System.Security.Cryptography;
using MemSentry.Attacks.Building;
using MemSentry.Attacks.Judging;
using MemSentry.Attacks.Reading;
using MemSentry.Attacks.Running;

namespace MemSentry.Attacks.Domains;

/// <summary>The columns of the domain-based methods: rows of the matrix, Release, each attack in the same run as its unwoven control.</summary>
/// <param name="Methods">The columns' names.</param>
/// <param name="Rows">What was attacked, with a verdict for each method.</param>
/// <param name="LeftOut">How many rows were not tried, to save time.</param>
/// <param name="Failures">What went wrong outside of any cell.</param>
public sealed record DomainMatrix(
    IReadOnlyList<string> Methods, IReadOnlyList<(DeclaredRow Row, IReadOnlyList<Cell> Cells)> Rows, int LeftOut, IReadOnlyList<string> Failures)
{
    private const int NameWidth = 58;
    private const int CellWidth = 12;

    /// <summary>The cells: a domain-based method has to stop every attack.</summary>
    public int Total => Rows.Sum(r => r.Cells.Count);

    /// <summary>Those in which it did.</summary>
    public int Passed => Rows.Sum(r => r.Cells.Count(c => c.State == CellState.Blocked));

    /// <summary>Whether nothing failed.</summary>
    public bool IsPerfect => Rows.Count > 0 && Failures.Count == 0 && Passed == Total;

    /// <summary>Title, one line for each row, then every failure with its reason.</summary>
    public IEnumerable<string> Lines =>
    [
        "",
        $"Domain-based methods look at nobody's addresses. Judged by what they claim: mpk and mprotect end the process at the access; crypt shows ciphertext to a load, and a store",
        $"ends the process at the next window. Release, {Rows.Count} rows; {LeftOut} are left out to save time or because they need threads.",
        .. Arm.WhyNoKeys is { } why && !Methods.Contains(Arm.Keyed.Name) ? [why] : Array.Empty<string>(),
        "row".PadRight(NameWidth) + "kind".PadRight(CellWidth) + string.Concat(Methods.Select(m => m.PadRight(CellWidth))),
        .. Rows.Select(r => (r.Row.Name.PadRight(NameWidth) + r.Row.Kind.ToString().PadRight(CellWidth)
            + string.Concat(r.Cells.Select(c => (c.State == CellState.Blocked ? "blocked" : "FAILED").PadRight(CellWidth)))).TrimEnd()),
        "",
        .. Failures.Select(f => "FAILED " + f),
        .. Rows.SelectMany(r => r.Cells.Zip(Methods).Where(c => c.First.State != CellState.Blocked).Select(c => $"FAILED {r.Row.Name} [{c.Second}]: {c.First.Reason}")),
    ];

    /// <summary>Builds, weaves, attacks and judges.</summary>
    /// <param name="stage">Where the builds are.</param>
    /// <param name="every">Takes every so manieth row; 1 for all.</param>
    /// <param name="filter">Part of the rows' names; empty for all.</param>
    public static DomainMatrix Measure(Stage stage, int every, string filter = "") => Measure(stage, Arm.DomainBased, every, filter, DomainProcess.Run);

    /// <summary>The same for <c>mpk</c>, whose attacks run on a processor that has keys; the controls run here.</summary>
    /// <param name="stage">Where the builds are.</param>
    /// <param name="every">Takes every so manieth row.</param>
    /// <param name="script">The file of <c>build/emulate-pku.sh</c>.</param>
    /// <returns>The matrix; or null, and why there is none.</returns>
    public static (DomainMatrix? Matrix, string? Skipped) MeasureEmulated(Stage stage, int every, string script)
    {
        string? skipped = null;
        DomainMatrix matrix = Measure(stage, [Arm.Keyed], every, "", (folder, seed, rows) =>
        {
            (int exitCode, string output) = EmulatedProcess.Run(script, folder, seed, rows);
            skipped = exitCode == EmulatedProcess.Skipped ? output : null;
            return DomainProcess.Read(output, exitCode, output);
        });
        return skipped is null ? (matrix, null) : (null, skipped);
    }

    private static DomainMatrix Measure(
        Stage stage,
        IReadOnlyList<Arm> arms,
        int every,
        string filter,
        Func<string, int, IEnumerable<string>, (IReadOnlyDictionary<string, DomainFacts> Facts, string? Failure)> run)
    {
        int seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        string plain = stage.Folder(Arm.Unwoven, BuildConfiguration.Release);
        DeclaredRow[] all = [.. DeclaredRow.In(plain).Where(row => row.Name.Contains(filter, StringComparison.Ordinal))];
        DeclaredRow[] rows = [.. all.Where(row => !row.NeedsThreads).Where((_, i) => i % every == 0)];
        var failures = new List<string>();
        Task<ExperimentRun> control = Task.Run(() => ExperimentProcess.Run(plain, Arm.Unwoven, ExecutionMode.Default, seed, filter));
        (IReadOnlyDictionary<string, DomainFacts> Facts, string? Failure)[] runs =
            Task.WhenAll(arms.Select(arm => Task.Run(() => run(stage.Folder(arm, BuildConfiguration.Release), seed, rows.Select(row => row.Name))))).GetAwaiter().GetResult();
        ExperimentRun controls = control.GetAwaiter().GetResult();
        failures.AddRange(controls.Failures.Select(f => $"control: {f}"));
        failures.AddRange(runs.Zip(arms).Where(r => r.First.Failure is not null).Select(r => $"{r.Second.Name}: {r.First.Failure}"));
        return new(
            [.. arms.Select(arm => arm.Name)],
            [.. rows.Select(row => (row, (IReadOnlyList<Cell>)[.. arms.Select((arm, i) => Judged(arm.Name, row, runs[i].Facts, controls))]))],
            all.Length - rows.Length,
            failures);
    }

    private static Cell Judged(string method, DeclaredRow row, IReadOnlyDictionary<string, DomainFacts> facts, ExperimentRun controls)
    {
        RowFacts? control = controls.Facts.GetValueOrDefault(row.Name);
        return Judge.Control(row, control) is { } reason
            ? new(CellState.Failed, reason)
            : DomainJudge.Verdict(method, row, facts.GetValueOrDefault(row.Name), control!.Attack);
    }
}
