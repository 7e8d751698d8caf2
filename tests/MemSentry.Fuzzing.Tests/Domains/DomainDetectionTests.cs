using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Campaign;
using MemSentry.Fuzzing.Domains.Campaign;
using MemSentry.Fuzzing.Domains.CSharp;
using MemSentry.Fuzzing.Domains.Shrinking;
using MemSentry.Fuzzing.Judging;
using MemSentry.Windows.Naive;

namespace MemSentry.Fuzzing.Tests.Domains;

/// <summary>The arm of windows finds what it is made for: each version of the product that lacks knowledge of one fact of .NET, in as many scenarios as the smoke has.</summary>
[TestFixture]
internal sealed class DomainDetectionTests
{
    private const long Seed = 20;
    private const int Enough = 150;

    private string _folder = null!;

    private static IEnumerable<TestCaseData> Versions() => new[]
    {
        (NaiveVersion.WithoutSuspension, FindingKind.Leaked),
        (NaiveVersion.WithoutClose, FindingKind.Leaked),
        (NaiveVersion.WithoutObserver, FindingKind.Leaked),
        (NaiveVersion.WithReopening, FindingKind.Leaked),
        (NaiveVersion.WithoutStaticConstructors, FindingKind.Leaked),
        (NaiveVersion.WithoutResume, FindingKind.Died),
    }.Select(v => new TestCaseData(v.Item1, v.Item2).SetArgDisplayNames(v.Item1.Name));

    [SetUp]
    public void Create() => _folder = Directory.CreateTempSubdirectory("memsentry-naive-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(nameof(Versions))]
    public void Naive_version_is_found(NaiveVersion version, FindingKind kind)
    {
        var campaign = new DomainCampaign(new DomainPlan(Seed, 30), Engine.Own, Break(version));

        Tally tally = new CampaignRun(campaign, t => t.Members >= Enough || t.Discoveries.Any(d => d.Finding.Kind == kind)).Run(1);

        Assert.That(tally.Discoveries.Select(d => d.Finding.Kind), Does.Contain(kind), $"after {tally.Members} scenarios");
    }

    [Test]
    public void What_is_found_becomes_small_and_is_kept()
    {
        var campaign = new DomainCampaign(new DomainPlan(Seed, 12), Engine.Own, Break(NaiveVersion.WithoutSuspension));
        Tally tally = new CampaignRun(campaign, t => t.Members > 0).Run(1);

        Kept kept = campaign.Shrink(tally.Discoveries.First(d => d.Finding.Kind == FindingKind.Leaked), _folder);

        string file = Path.Combine(_folder, "scenario.json");
        File.WriteAllText(file, kept.File);
        Assert.That(kept.Source.Split("[SafeRegionAccess"), Has.Length.EqualTo(2), "one gate is left");
        Assert.That(ScenarioText.Of(ScenarioRegression.Read(file).Scenario, "S"), Is.EqualTo(kept.Source));
    }

    /// <summary>A version that lacks something of the runtime has a copy of the fuzzer's folder for its children.</summary>
    private Sabotage Break(NaiveVersion version)
    {
        Action<string>? change = version.Member is null ? null : file => NaiveModule.LeaveOut(file, version);
        if (version.Observes && !version.Reopens)
            return new(change);

        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        NaiveModule.ChangeRuntime(Path.Combine(_folder, "MemSentry.Runtime.dll"), version);
        return new(change, Path.Combine(_folder, Path.GetFileName(typeof(Program).Assembly.Location)));
    }
}
