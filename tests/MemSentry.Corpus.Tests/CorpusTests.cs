using MemSentry.Corpus.Checks;
using MemSentry.Corpus.Subjects;

namespace MemSentry.Corpus.Tests;

/// <summary>Assemblies that other people wrote survive the weave. The figure <c>corpus</c> does much more of it.</summary>
[NonParallelizable]
internal sealed class CorpusTests
{
    private CorpusRun _corpus = null!;

    [OneTimeSetUp]
    public void Prepare() => _corpus = new CorpusRun();

    [OneTimeTearDown]
    public void Remove() => _corpus.Dispose();

    [Test]
    public void A_woven_assembly_compiles_and_works_as_before() => AssertAll(_corpus.Subjects(RunPlans.Test), RunPlans.Test.Count);

    [Test]
    public void An_assembly_without_pointer_accesses_keeps_its_bodies() => AssertAll(_corpus.Controls(SubjectCatalog.Controls), SubjectCatalog.Controls.Count);

    [Test]
    public void A_program_that_does_something_else_once_it_is_woven_is_noticed()
    {
        RunResult result = _corpus.Subjects([new PlannedRun(new Fickle(), Variant.Default, Depth.ChangedMembers)]).Single();

        Assert.That(result.IsPassed, Is.False);
        Assert.That(result.Complaints, Has.Some.Contains("became"));
    }

    private static void AssertAll(IEnumerable<RunResult> results, int count)
    {
        RunResult[] all = [.. results];
        foreach (RunResult result in all)
            TestContext.Out.WriteLine(result);
        Assert.That(all, Has.Length.EqualTo(count));
        Assert.That(all.Where(r => !r.IsPassed).Select(r => r.ToString()), Is.Empty);
    }
}
