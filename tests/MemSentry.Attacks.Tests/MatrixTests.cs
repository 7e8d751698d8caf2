using MemSentry.Analysis.Options;
using MemSentry.Attacks.Building;
using MemSentry.Attacks.Domains;
using MemSentry.Attacks.Judging;
using MemSentry.Attacks.Running;

namespace MemSentry.Attacks.Tests;

/// <summary>The matrix itself: every attack works unwoven and is blocked woven, and nothing else changes.</summary>
[NonParallelizable]
public sealed class MatrixTests
{
    /// <summary>
    /// The rows that run under every JIT mode: plain accesses, fields, and loops, which on-stack replacement is about. Rows that overwrite saved registers
    /// are made for the stack frames of one mode.
    /// </summary>
    private static IEnumerable<TestCaseData> OtherModes() =>
        from mode in new[] { ExecutionMode.Optimised, ExecutionMode.OnStackReplacement, ExecutionMode.NoPrecompiledCode }
        from rows in new[] { "Indirect", "Members.", "Loops." }
        select new TestCaseData(mode, rows).SetArgDisplayNames(mode.Name, rows);

    [Test]
    public void Every_attack_is_blocked_by_the_arms_that_check_it([Values] BuildConfiguration configuration) =>
        AssertPerfect(Matrix.Measure(SharedStage.Stage, Arm.Woven, [configuration], ExecutionMode.Default));

    [TestCaseSource(nameof(OtherModes))]
    public void Attacks_are_blocked_however_the_runtime_compiles(ExecutionMode mode, string rows) =>
        AssertPerfect(Matrix.Measure(SharedStage.Stage, [.. Arm.Woven.Where(arm => arm.Name.EndsWith("-rw", StringComparison.Ordinal))], [BuildConfiguration.Release], mode, rows));

    /// <summary>The figure takes more rows, and the command <c>domains</c> all.</summary>
    [Test]
    public void Domain_based_methods_stop_a_sample_of_all_rows()
    {
        DomainMatrix matrix = DomainMatrix.Measure(SharedStage.Stage, every: 29);

        Assert.That(matrix.IsPerfect, Is.True, () => string.Join('\n', matrix.Lines.Where(line => line.StartsWith("FAILED", StringComparison.Ordinal))));
        Assert.That(matrix.Methods, Is.EqualTo(Building.Arm.WhyNoKeys is null ? (string[])["mprotect", "crypt", "mpk"] : ["mprotect", "crypt"]));
        Assert.That(matrix.Rows.Select(r => r.Row.Writes), Has.Some.True.And.Some.False);
    }

    // What is not blocked is published, so it has to stay true as well.
    [Test]
    public void Forged_references_work_under_every_arm_as_the_documents_say()
    {
        Matrix matrix = Matrix.Measure(SharedStage.Stage, Arm.Woven, [BuildConfiguration.Release], ExecutionMode.Default, "ForgedReferences.");
        AssertHonest(matrix);
        Assert.That(matrix.Rows, Is.Not.Empty);
        Assert.That(matrix.Rows.SelectMany(row => row.Cells.Values).Select(cell => cell.State), Has.All.EqualTo(CellState.NotBlocked));
    }

    [Test]
    public void A_proven_pointer_that_a_call_overwrites_is_given_up_by_trust_in_frames_only()
    {
        Matrix matrix = Matrix.Measure(SharedStage.Stage, Arm.OtherTrusts, [BuildConfiguration.Release], ExecutionMode.Default, "Borders.ProvenThenCalled");
        AssertHonest(matrix);
        Assert.That(matrix.Rows, Is.Not.Empty);
        foreach ((Arm arm, Cell cell) in matrix.Rows.SelectMany(row => row.Cells).Select(pair => (pair.Key.Arm, pair.Value)))
            Assert.That(cell.State, Is.EqualTo(arm.Options!.Trust == PointerTrust.Frame ? CellState.NotBlocked : CellState.Blocked), arm.Name);
    }

    [Test]
    public void A_pointer_that_is_checked_before_a_call_is_checked_again_after_it_under_every_trust() =>
        AssertPerfect(Matrix.Measure(SharedStage.Stage, Arm.OtherTrusts, [BuildConfiguration.Release], ExecutionMode.Default, "Borders.CheckedThenCalled"));

    // The rows whose addresses are references: those a moving collector could hurt.
    [TestCase("Members.")]
    public void Attacks_with_references_are_blocked_while_the_collector_moves_everything(string rows) =>
        AssertPerfect(Matrix.Measure(
            SharedStage.Stage,
            [Arm.Woven.Single(arm => arm.Name == "mpx-rw")],
            [BuildConfiguration.Release],
            ExecutionMode.GarbageCollectionStress,
            rows));

    private static void AssertHonest(Matrix matrix) =>
        Assert.That(matrix.IsPerfect, Is.True, () => string.Join('\n', MatrixText.Lines(matrix).Where(line => line.StartsWith("FAILED", StringComparison.Ordinal))));

    private static void AssertPerfect(Matrix matrix)
    {
        using (Assert.EnterMultipleScope())
        {
            AssertHonest(matrix);
            Assert.That(matrix.Passed, Is.EqualTo(matrix.Total).And.GreaterThan(0));
        }
    }
}
