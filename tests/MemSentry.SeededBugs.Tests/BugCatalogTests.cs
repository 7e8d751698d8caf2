using MemSentry.SeededBugs.Bugs;
using Mono.Cecil;

namespace MemSentry.SeededBugs.Tests;

/// <summary>The bugs follow the code: each finds its place in the engine as it is, and a place that is gone is not passed over.</summary>
[TestFixture]
internal sealed class BugCatalogTests
{
    [TestCaseSource(nameof(Names))]
    public void Bug_can_be_planted(string name)
    {
        SeededBug bug = BugCatalog.All.Single(b => b.Name == name);

        byte[] planted = bug.Plant(AppContext.BaseDirectory);

        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(planted));
        using ModuleDefinition original = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, bug.Place.File));
        Assert.That(Text(bug.Place.FindIn(module)), Is.Not.EqualTo(Text(bug.Place.FindIn(original))));
    }

    [Test]
    public void Place_that_is_gone_fails() => Assert.That(
        () => new SeededBug("gone", new Place("MemSentry.Analysis.dll", "FrameState", "NoSuchMember"), Seeds.Nothing).Plant(AppContext.BaseDirectory),
        Throws.TypeOf<SeedException>().With.Message.Contains("FrameState::NoSuchMember"));

    [Test]
    public void Code_that_has_changed_fails() => Assert.That(
        () => new SeededBug("changed", new Place("MemSentry.Weaver.dll", "MpxCheckEmitter", "Emit"), Seeds.OtherConstant(41, 42)).Plant(AppContext.BaseDirectory),
        Throws.TypeOf<SeedException>().With.Message.Contains("the bug has to follow the code"));

    private static IEnumerable<string> Names() => BugCatalog.All.Select(b => b.Name);

    private static string Text(MethodDefinition member) => string.Join('\n', member.Body.Instructions);
}
