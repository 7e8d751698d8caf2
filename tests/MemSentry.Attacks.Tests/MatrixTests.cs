using MemSentry.Attacks.Building;
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

    // The rows whose addresses are references: those a moving collector could hurt.
    [TestCase("Members.")]
    public void Attacks_with_references_are_blocked_while_the_collector_moves_everything(string rows) =>
        AssertPerfect(Matrix.Measure(
            SharedStage.Stage,
            [Arm.Woven.Single(arm => arm.Name == "mpx-rw")],
            [BuildConfiguration.Release],
            ExecutionMode.GarbageCollectionStress,
            rows));

    private static void AssertPerfect(Matrix matrix)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(matrix.IsPerfect, Is.True, () => string.Join('\n', MatrixText.Lines(matrix).Where(line => line.StartsWith("FAILED", StringComparison.Ordinal))));
            Assert.That(matrix.Passed, Is.EqualTo(matrix.Total).And.GreaterThan(0));
        }
    }
}
