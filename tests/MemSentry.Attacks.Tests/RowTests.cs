using MemSentry.Attacks.Building;
using MemSentry.Attacks.Coverage;
using MemSentry.Attacks.Reading;

namespace MemSentry.Attacks.Tests;

/// <summary>The rows are what they say, and none is missing.</summary>
public sealed class RowTests
{
    [Test]
    public void Every_opcode_has_a_row_or_a_reason_to_have_none() =>
        Assert.That(OpcodeCoverage.Missing(Rows(BuildConfiguration.Release)), Is.Empty);

    [Test]
    public void A_missing_row_is_noticed() =>
        Assert.That(
            OpcodeCoverage.Missing(Rows(BuildConfiguration.Release).Where(row => !row.Opcodes.Contains("ldind.r4"))),
            Is.EqualTo(["ldind.r4"]));

    [Test]
    public void Every_API_of_the_access_table_has_a_row_or_a_reason_to_have_none() =>
        Assert.That(ApiCoverage.Missing(Rows(BuildConfiguration.Release)), Is.Empty);

    [Test]
    public void A_missing_row_of_an_API_is_noticed() =>
        Assert.That(
            ApiCoverage.Missing(Rows(BuildConfiguration.Release).Where(row => row.Api != "Marshal::ReadInt16(nint)")),
            Is.EqualTo(["Marshal::ReadInt16(nint)"]));

    [Test]
    public void A_row_about_a_border_that_disappears_is_noticed()
    {
        IReadOnlyList<DeclaredRow> rows = Rows(BuildConfiguration.Release);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(BorderCoverage.Missing(rows), Is.Empty);
            Assert.That(
                BorderCoverage.Missing(rows.Where(row => row.Name != "Handles.SafeHandleField")),
                Is.EqualTo(["handles: Handles.SafeHandleField"]));
        }
    }

    [Test]
    public void Every_row_uses_the_API_it_is_about([Values] BuildConfiguration configuration) =>
        Assert.That(string.Join('\n', Rows(configuration).Where(row => !ApiClaim.Holds(row)).Select(row => $"{row.Name}: {row.Api}")), Is.Empty);

    [Test]
    public void A_wrong_claim_about_an_API_is_noticed()
    {
        DeclaredRow row = Rows(BuildConfiguration.Release).First(r => r.Api == "Marshal::ReadInt16(nint)");
        Assert.That(ApiClaim.Holds(row with { Api = "Marshal::ReadInt16(nint, int)" }), Is.False);
    }

    [Test]
    public void Every_row_contains_the_instructions_it_is_about([Values] BuildConfiguration configuration) =>
        Assert.That(
            Rows(configuration).Where(row => !OpcodeClaim.Holds(row)).Select(row => $"{row.Name}: {string.Join(' ', row.Opcodes)}"),
            Is.Empty);

    [Test]
    public void A_wrong_claim_is_noticed()
    {
        DeclaredRow row = Rows(BuildConfiguration.Release).First(r => r.Name == "Prefixes.VolatileLdind");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(OpcodeClaim.Holds(row), Is.True);
            Assert.That(OpcodeClaim.Holds(row with { Opcodes = ["volatile.", "ldind.i4"] }), Is.False);
            Assert.That(OpcodeClaim.Holds(row with { Opcodes = ["volatile.", "ret"] }), Is.False, "a prefix stands directly before its instruction");
        }
    }

    [Test]
    public void Row_names_are_unique() =>
        Assert.That(Rows(BuildConfiguration.Release).Select(row => row.Name), Is.Unique);

    [Test]
    public void Every_kind_of_block_has_rows_that_read_and_rows_that_write()
    {
        IReadOnlyList<DeclaredRow> rows = Rows(BuildConfiguration.Release);
        using (Assert.EnterMultipleScope())
        {
            foreach (SafeRegionViolationKind kind in (SafeRegionViolationKind[])[SafeRegionViolationKind.Conversion, SafeRegionViolationKind.Escape])
            {
                Assert.That(rows.Count(row => row.Kind == kind && row.Writes), Is.GreaterThan(2), $"{kind} rows that write");
                Assert.That(rows.Count(row => row.Kind == kind && !row.Writes), Is.GreaterThan(2), $"{kind} rows that read");
            }

            Assert.That(rows.Where(row => row.Kind == SafeRegionViolationKind.Load && row.Writes), Is.Empty);
            Assert.That(rows.Where(row => row.Kind == SafeRegionViolationKind.Store && !row.Writes), Is.Empty);
        }
    }

    private static IReadOnlyList<DeclaredRow> Rows(BuildConfiguration configuration) =>
        DeclaredRow.In(SharedStage.Stage.Folder(Arm.Unwoven, configuration));
}
