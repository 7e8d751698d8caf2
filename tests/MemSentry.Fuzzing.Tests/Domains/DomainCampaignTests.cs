using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Campaign;
using MemSentry.Fuzzing.Domains.Building;
using MemSentry.Fuzzing.Domains.Campaign;
using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing.Tests.Domains;

/// <summary>A campaign of windows that is small enough for every build.</summary>
[TestFixture]
internal sealed class DomainCampaignTests
{
    private const long Seed = 20;

    [Test]
    public void Smoke_campaign_finds_nothing()
    {
        var campaign = new DomainCampaign(new DomainPlan(Seed, 12), Engine.Own);

        Tally tally = new CampaignRun(campaign, t => t.Members >= 60).Run(1);

        Assert.That(tally.Discoveries, Is.Empty);
        Assert.That(tally.Members, Is.GreaterThanOrEqualTo(60));
        Assert.That(tally.Broken, Is.Empty, "scenarios that end the process unwoven");
        Assert.That(tally.Gates, Is.GreaterThan(tally.Members * 10), "gates that are called");
        Assert.That(tally.Looks, Is.GreaterThan(tally.Gates), "looks at regions");
    }

    [Test]
    public void Plan_follows_from_the_seed_alone() =>
        Assert.That(Describe(new DomainPlan(Seed, 5)), Is.EqualTo(Describe(new DomainPlan(Seed, 5))));

    [Test]
    public void Plan_comes_to_every_method_in_every_mode()
    {
        DomainBatch[] batches = [.. Enumerable.Range(0, 60).Select(new DomainPlan(Seed, 1).Batch)];

        Assert.That(batches.Select(b => (b.Method, b.Mode)).Distinct().Count(), Is.EqualTo(DomainMethod.All.Count * FuzzMode.All.Count));
        Assert.That(batches.Select(b => b.Configuration).Distinct().Count(), Is.EqualTo(2));
    }

    private static IEnumerable<string> Describe(DomainPlan plan) =>
        Enumerable.Range(0, 20).Select(plan.Batch).Select(b => $"{b.Configuration} {b.Method} {b.Mode.Name} {string.Join(' ', b.Scenarios)}");
}
