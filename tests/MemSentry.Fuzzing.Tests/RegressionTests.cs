using MemSentry.Attacks.Building;
using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Judging;
using MemSentry.Fuzzing.Running;
using MemSentry.Fuzzing.Shrinking;

namespace MemSentry.Fuzzing.Tests;

/// <summary>Every member that once showed a defect, woven in all ways and run in all modes.</summary>
[TestFixture]
internal sealed class RegressionTests
{
    private static readonly string[] Files = [.. Directory.EnumerateFiles(Regression.Folder, "*.json").Order(StringComparer.Ordinal)];

    [Test]
    public void There_are_some() => Assert.That(Files, Is.Not.Empty);

    [TestCase(MemberForm.CSharp, BuildConfiguration.Debug)]
    [TestCase(MemberForm.CSharp, BuildConfiguration.Release)]
    [TestCase(MemberForm.Il, BuildConfiguration.Release)]
    public void Nothing_is_wrong_with_them_any_more(MemberForm form, BuildConfiguration configuration)
    {
        string root = Directory.CreateTempSubdirectory("memsentry-regressions-").FullName;
        Member[] members = [.. Files.Select(f => Regression.Read(f).Member with { Form = form })];
        BuiltBatch built = new BatchBuilder(new MemberCompiler(), Engine.Own, root).Build(new("Regressions", form, configuration, FuzzArms.All, FuzzMode.TierZero, members));
        var findings = new List<Finding>(built.Findings);
        foreach (FuzzMode mode in FuzzMode.All)
        {
            using var runner = new RunnerProcess(mode, Path.Combine(root, "position"));
            findings.AddRange(runner.Run(built.Order).Findings);
        }

        Directory.Delete(root, recursive: true);
        Assert.That(findings.Select(f => $"{Path.GetFileName(Files[f.Member])}: {f}"), Is.Empty);
        Assert.That(built.Refusals, Is.Empty);
    }
}
