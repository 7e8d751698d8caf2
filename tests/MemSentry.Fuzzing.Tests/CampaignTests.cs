using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Campaign;
using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing.Tests;

/// <summary>A campaign that is small enough for every build.</summary>
[TestFixture]
internal sealed class CampaignTests
{
    private const long Seed = 20;

    [Test]
    public void Smoke_campaign_finds_nothing()
    {
        var plan = new CampaignPlan(Seed, 50);

        Tally tally = new CampaignRun(new MemberCampaign(plan, Engine.Own), t => t.Members >= 200).Run(1);

        Assert.That(tally.Discoveries, Is.Empty);
        Assert.That(tally.Members, Is.GreaterThanOrEqualTo(200));
        Assert.That(tally.Reached, Is.GreaterThan(tally.Members * 8 / 10), "unwoven members that get at a region");
        Assert.That(tally.RefusedShare, Is.LessThan(0.02), string.Join('\n', tally.Reasons));
        Assert.That(tally.Broken, Has.Count.LessThan(tally.Members / 50), "members of no use");
    }

    [Test]
    public void Plan_follows_from_the_seed_alone() =>
        Assert.That(Describe(new CampaignPlan(Seed, 5)), Is.EqualTo(Describe(new CampaignPlan(Seed, 5))));

    [Test]
    public void Plan_comes_to_every_mode_and_every_way_to_weave()
    {
        Batch[] batches = [.. Enumerable.Range(0, 100).Select(new CampaignPlan(Seed, 1).Batch)];

        Assert.That(batches.Select(b => b.Mode).Distinct(), Is.EquivalentTo(FuzzMode.All));
        Assert.That(batches.SelectMany(b => b.Arms).Distinct(), Is.EquivalentTo(FuzzArms.All));
        Assert.That(batches.Select(b => (b.Form, b.Configuration)).Distinct().Count(), Is.EqualTo(4));
    }

    [Test]
    public void Ways_to_weave_cover_each_method_with_each_kind_of_access()
    {
        IEnumerable<(string Method, string Rw)> ways = FuzzArms.All.Select(a => (a.Method, a.Rw)).Distinct();

        Assert.That(ways, Is.EquivalentTo(FuzzArms.Methods.SelectMany(m => new[] { (m, "r"), (m, "w"), (m, "rw") })));
    }

    private static IEnumerable<string> Describe(CampaignPlan plan) =>
        Enumerable.Range(0, 20).Select(plan.Batch).Select(b => $"{b.Form} {b.Configuration} {b.Mode.Name} {string.Join(' ', b.Arms)} {string.Join(' ', b.Members)}");
}
