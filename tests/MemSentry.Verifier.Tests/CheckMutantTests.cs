using MemSentry.Verifier.Tests.Fixtures;
using MemSentry.Verifier.Tests.Mutants;
using Microsoft.CodeAnalysis;

namespace MemSentry.Verifier.Tests;

/// <summary>
/// A check that is not quite one is none, even where no address of the arena gets through. What lets one through is tried by <c>tests/MemSentry.Mutants</c>.
/// </summary>
[TestFixture(OptimizationLevel.Debug)]
[TestFixture(OptimizationLevel.Release)]
internal sealed class CheckMutantTests(OptimizationLevel level)
{
    private Workplace _work = null!;
    private string _woven = null!;

    [OneTimeSetUp]
    public void Weave()
    {
        _work = new Workplace();
        _woven = _work.Weave(_work.Compile(Sources.EveryCheckCounts, level));
        Assert.That(Workplace.Verify(_woven).Findings, Is.Empty, "the original");
    }

    [OneTimeTearDown]
    public void Delete() => _work.Dispose();

    [Test]
    public void Arithmetic_shift_is_no_check() => EachIsRejected(Mutation.ShiftArithmetically);

    [Test]
    public void Compare_by_order_is_no_check() => EachIsRejected(Mutation.BranchOnOrder);

    private void EachIsRejected(Action<CheckSite> mutation)
    {
        int sites = 0;
        var survivors = new List<string>();
        for (int i = 0; i == 0 || i < sites; i++)
        {
            string site = "";
            string mutant = _work.Change(_woven, module =>
            {
                List<CheckSite> checks = CheckSite.In(module);
                sites = checks.Count;
                site = checks[i].ToString();
                mutation(checks[i]);
            });
            if (!Workplace.Verify(mutant).Findings.Any(f => f.Member!.Contains("::" + site.Split(' ')[0] + "(", StringComparison.Ordinal)))
                survivors.Add(site);
        }

        TestContext.Out.WriteLine($"{sites - survivors.Count} of {sites} mutants rejected");
        Assert.That(sites, Is.GreaterThanOrEqualTo(24));
        Assert.That(survivors, Is.Empty);
    }
}
