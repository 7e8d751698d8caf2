using MemSentry.Attacks.Building;
using MemSentry.Attacks.Running;
using MemSentry.Constructs.Building;
using MemSentry.Constructs.Running;
using MemSentry.Verifier;

namespace MemSentry.Constructs.Tests;

/// <summary>What compilers make of each construct does, woven, what it does unwoven.</summary>
public sealed class ConstructTests
{
    [Test]
    public void Woven_fixtures_print_what_the_unwoven_ones_print(
        [ValueSource(typeof(Variant), nameof(Variant.Methods))] Variant variant, [Values] BuildConfiguration configuration)
    {
        string before = ConstructProcess.Run(SharedWorkshop.Workshop.Folder(Variant.Unwoven, configuration), isWoven: false, ExecutionMode.Default);
        string after = ConstructProcess.Run(SharedWorkshop.Workshop.Folder(variant, configuration), isWoven: true, ExecutionMode.Default);

        Assert.That(after, Is.EqualTo(before));
    }

    [Test]
    public void Every_member_compiles([ValueSource(typeof(Variant), nameof(Variant.Methods))] Variant variant, [Values] BuildConfiguration configuration)
    {
        string[] before = ConstructProcess.Prepare(SharedWorkshop.Workshop.Folder(Variant.Unwoven, configuration), ExecutionMode.Optimised).Split('\n');
        string[] after = ConstructProcess.Prepare(SharedWorkshop.Workshop.Folder(variant, configuration), ExecutionMode.Optimised).Split('\n');

        Assert.That(Problems(after), Is.EqualTo(Problems(before)));
    }

    [Test]
    public void The_verifier_accepts_them([ValueSource(typeof(Variant), nameof(Variant.Methods))] Variant variant, [Values] BuildConfiguration configuration)
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (string file in FixtureFiles.All)
            {
                VerificationReport report = AssemblyVerification.Run(new(Path.Combine(SharedWorkshop.Workshop.Folder(variant, configuration), file), [AppContext.BaseDirectory]));
                Assert.That(report.Findings, Is.Empty, file);
                Assert.That(report.Obligations, Is.GreaterThan(20), file);
            }
        }
    }

    private static IEnumerable<string> Problems(string[] lines) =>
        lines.Where(line => line.StartsWith("failed ", StringComparison.Ordinal) || line.StartsWith("open ", StringComparison.Ordinal));
}
