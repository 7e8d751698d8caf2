using MemSentry.Verifier.Tests.Fixtures;
using MemSentry.Verifier.Tests.Mutants;

namespace MemSentry.Verifier.Tests;

/// <summary>Whatever is done to any single check that the runtime makes, the verifier names the member.</summary>
[TestFixture]
internal sealed class BorderMutantTests
{
    private Workplace _work = null!;
    private string _woven = null!;

    [OneTimeSetUp]
    public void Weave()
    {
        _work = new Workplace();
        _woven = _work.Weave(_work.Compile(Sources.EveryBorderCounts));
        Assert.That(Workplace.Verify(_woven).Findings, Is.Empty, "the original");
    }

    [OneTimeTearDown]
    public void Delete() => _work.Dispose();

    [Test]
    public void Check_that_lets_negative_lengths_pass_is_no_check_where_the_callee_does_too() =>
        EachIsRejected(BorderMutation.LetNegativePass, s => s.Check.Name == "Range", atLeast: 6);

    [Test]
    public void Check_before_a_call_is_forgotten() => EachIsRejected(BorderMutation.CallBehind, s => !s.IsSpan, atLeast: 13);

    [Test]
    public void Check_of_contents_before_a_store_is_forgotten() => EachIsRejected(BorderMutation.StoreBehind, s => s.Dereferences, atLeast: 2);

    private void EachIsRejected(Action<BorderSite> mutation, Func<BorderSite, bool> isMeant, int atLeast)
    {
        int sites = 1;
        var survivors = new List<string>();
        for (int i = 0; i < sites; i++)
        {
            string member = "";
            string site = "";
            string mutant = _work.Change(_woven, module =>
            {
                List<BorderSite> checks = [.. BorderSite.In(module).Where(isMeant)];
                Assert.That(sites = checks.Count, Is.GreaterThanOrEqualTo(atLeast));
                member = checks[i].Member.Name;
                site = checks[i].ToString();
                mutation(checks[i]);
            });
            if (!Workplace.Verify(mutant).Findings.Any(f => f.Member!.Contains($"::{member}", StringComparison.Ordinal)))
                survivors.Add(site);
        }

        TestContext.Out.WriteLine($"{sites - survivors.Count} of {sites} mutants rejected");
        Assert.That(survivors, Is.Empty);
    }
}
