using System.Collections.Immutable;
using MemSentry.Fuzzing.Domains.CSharp;
using MemSentry.Fuzzing.Domains.Generation;
using MemSentry.Fuzzing.Domains.Shrinking;
using MemSentry.Fuzzing.Domains.Tree;
using MemSentry.Fuzzing.Domains.Vocabulary;
using MemSentry.Fuzzing.Shrinking;

namespace MemSentry.Fuzzing.Tests.Domains;

/// <summary>The same seed gives the same scenarios everywhere; they make use of the whole vocabulary, and can be made small and kept.</summary>
[TestFixture]
internal sealed class ScenarioGenerationTests
{
    private const int Enough = 600;

    private static readonly Scenario[] All = [.. Enumerable.Range(0, Enough).Select(i => ScenarioGenerator.Make(1, i))];
    private static readonly string AllText = string.Concat(All.Select(Text));

    [Test]
    public void Same_seed_and_number_give_the_same_scenario() =>
        Assert.That(All.Take(50).Select(Text), Is.EqualTo(Enumerable.Range(0, 50).Select(i => Text(ScenarioGenerator.Make(1, i)))));

    [Test]
    public void Another_number_gives_another_scenario() => Assert.That(All.Select(Text).Distinct().Count(), Is.GreaterThan(Enough * 9 / 10));

    [Test]
    public void Every_word_is_used()
    {
        string kept = string.Concat(All.Select(s => new ScenarioRegression("", s).ToString()));
        IEnumerable<string> words = [.. Touches.All.Select(t => t.Name), .. Calls.All.Select(c => c.Name), .. FaultWays.All.Select(f => f.Name), .. FaultWays.Caught, .. GateShapes.All.Select(g => g.Name)];

        Assert.That(words.Where(w => !kept.Contains($"\"{w}\"", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase("when (")]
    [TestCase("finally")]
    [TestCase("throw;")]
    [TestCase("switch (")]
    [TestCase("for (int")]
    [TestCase("await Task.Yield()")]
    [TestCase("yield return")]
    [TestCase("World.CallBack(depth =>")]
    [TestCase("Domain = \"b\"")]
    [TestCase("RegionAccess.Read,")]
    [TestCase("(depth - 1)")]
    [TestCase("static C")]
    public void Scenarios_have(string construct) => Assert.That(AllText, Does.Contain(construct));

    [Test]
    public void Everything_of_a_scenario_can_be_left_out()
    {
        Scenario small = new Shrinker<Scenario>(scenarios => [.. scenarios.Select(_ => true)]).Shrink(All[3]);

        Assert.That((small.Body, small.Observer), Is.EqualTo((ImmutableArray<Act>.Empty, ImmutableArray<Act>.Empty)));
    }

    [Test]
    public void What_fails_because_of_one_act_shrinks_to_that_act()
    {
        Act needle = new Act.Fault("Parse", null);
        Scenario large = All[4] with { Body = [.. All[4].Body, new Act.Gate("Async", true, true, [new Act.Loop(3, [needle])])] };

        Scenario small = new Shrinker<Scenario>(scenarios => [.. scenarios.Select(s => Text(s).Contains("int.Parse", StringComparison.Ordinal))]).Shrink(large);

        Assert.That(small.Body, Is.EqualTo(ImmutableArray.Create(needle)).AsCollection);
    }

    [Test]
    public void Regression_reads_as_it_was_written()
    {
        string path = Path.GetTempFileName();
        foreach (Scenario scenario in All.Take(50))
        {
            File.WriteAllText(path, new ScenarioRegression("nothing", scenario).ToString());
            Assert.That(ScenarioRegression.IsIn(path));
            Assert.That(Text(ScenarioRegression.Read(path).Scenario), Is.EqualTo(Text(scenario)));
        }

        File.Delete(path);
    }

    private static string Text(Scenario scenario) => ScenarioText.Of(scenario, "S");
}
