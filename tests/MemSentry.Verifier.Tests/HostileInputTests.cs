using MemSentry.Verifier.Tests.Fixtures;

namespace MemSentry.Verifier.Tests;

/// <summary>The verifier reads what an attacker may have written: it ends in a report, whatever that is.</summary>
[TestFixture]
internal sealed class HostileInputTests : BodyTests
{
    [Test]
    public void Bodies_of_random_instructions_are_judged_one_by_one([Values(1, 2, 3)] int seed)
    {
        const int Bodies = 1500;
        VerificationReport report = Verify(module =>
        {
            var hostile = new HostileBodies(module, seed);
            for (int i = 0; i < Bodies; i++)
                hostile.Add(i);
        });

        string[] rejected = [.. report.Findings.Select(f => f.Member ?? "none").Distinct()];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Members, Is.GreaterThan(Bodies));
            Assert.That(rejected.Where(m => !m.Contains("::Hostile", StringComparison.Ordinal)), Is.Empty);
            Assert.That(rejected, Has.Length.InRange(Bodies / 2, Bodies - 1));
            Assert.That(report.Findings.Where(f => f.Reason.Contains("damaged", StringComparison.Ordinal)), Is.Empty);
            Assert.That(report.Findings.Select(f => f.Code).Distinct().Count(), Is.GreaterThan(3));
        }
    }

    /// <summary>
    /// In a process of its own with a small heap: a damaged count lets Cecil ask for gigabytes, and that must end in a rejection of the image.
    /// </summary>
    [Test]
    public void Damaged_images_are_rejected_or_as_good_as_before()
    {
        const int Images = 250;
        using var work = new Workplace();
        byte[] image = File.ReadAllBytes(work.Weave(work.Compile(Sources.Everything)));
        var random = new Random(20_262);
        string[] damaged = [.. Enumerable.Range(0, Images).Select(i => work[$"damaged{i:d3}.dll"])];
        foreach (string file in damaged)
            File.WriteAllBytes(file, Damage(image, random));

        ToolRun run = Tool.Run(["verify", .. damaged, "--reference", AppContext.BaseDirectory], ("DOTNET_GCHeapHardLimit", "0x20000000"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Output, Has.Length.EqualTo(Images));
            Assert.That(run.Output, Has.All.Match("^damaged...[.]dll: (verified|rejected), "));
            Assert.That(run.Errors, Has.Length.EqualTo(run.Output.Count(line => line.Contains(": rejected", StringComparison.Ordinal))).And.Length.GreaterThan(20));
            Assert.That(run.Errors, Has.All.Match("error MS50[0-9][0-9]: "));
        }
    }

    [Test]
    public void Cut_off_images_are_rejected()
    {
        using var work = new Workplace();
        byte[] image = File.ReadAllBytes(work.Weave(work.Compile(Sources.Everything)));
        for (int length = 0; length < image.Length / 2; length += 256)
        {
            File.WriteAllBytes(work["cut.dll"], image[..length]);
            Assert.That(Workplace.Verify(work["cut.dll"]).Findings.Select(f => f.Code), Is.EqualTo([VerifierCode.InputUnreadable]), $"{length} bytes");
        }
    }

    private static byte[] Damage(byte[] image, Random random)
    {
        byte[] damaged = [.. image];
        int at = random.Next(image.Length);
        random.NextBytes(damaged.AsSpan(at, Math.Min(random.Next(1, 5), image.Length - at)));
        return damaged;
    }
}
