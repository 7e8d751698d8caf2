using MemSentry.Attacks.Building;
using MemSentry.Mutants.Subjects;
using MemSentry.SeededBugs.Bugs;
using MemSentry.SeededBugs.Finding;
using Mono.Cecil.Cil;

namespace MemSentry.SeededBugs.Tests;

/// <summary>What counts as found: not a change that breaks nothing, and not the word of one who always complains.</summary>
[TestFixture]
internal sealed class SearchTests
{
    private static readonly Place Mask = new("MemSentry.Weaver.dll", "MaskEmitter", "Emit");
    private static readonly SeededBug Harmless = new("harmless", Mask, member => member.Body.Instructions.Insert(0, Instruction.Create(OpCodes.Nop)));

    private DirectoryInfo _fixtures = null!;

    private Detector Mutants => Detector.All(_fixtures.FullName, Task.CompletedTask).Single(d => d.Finder == Finder.Mutants);

    [OneTimeSetUp]
    public void Compile()
    {
        _fixtures = Directory.CreateTempSubdirectory("memsentry-search-");
        SubjectCatalog.CompileAttacks(BuildConfiguration.Release, _fixtures.FullName);
    }

    [OneTimeTearDown]
    public void Delete() => _fixtures.Delete(recursive: true);

    [Test]
    public void Change_that_breaks_nothing_is_not_found()
    {
        using var search = new Search([Mutants]);

        Assert.That(search.Find(Harmless), Is.Null);
    }

    [Test]
    public void Bug_is_found_by_whom_it_was_not_expected_of()
    {
        SeededBug bug = BugCatalog.All.Single(b => b.Name == "mask-of-another-bit") with { Likely = Finder.Fuzzer };
        using var search = new Search([Mutants]);

        Assert.That(search.Find(bug), Does.StartWith("found by verifier and mutants: ").And.Contain("the verifier rejects it"));
    }

    [Test]
    public void Who_complains_without_any_bug_is_not_believed()
    {
        using var search = new Search([Mutants with { Arguments = ["exec", "{0}/MemSentry.Mutants.dll", "no", "such", "command"] }]);

        Assert.That(() => search.Find(Harmless), Throws.InvalidOperationException.With.Message.StartsWith("Without any bug, verifier and mutants complain, too: "));
    }
}
