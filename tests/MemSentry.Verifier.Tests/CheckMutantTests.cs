using MemSentry.Verifier.Tests.Fixtures;
using MemSentry.Verifier.Tests.Mutants;
using Microsoft.CodeAnalysis;

namespace MemSentry.Verifier.Tests;

/// <summary>Whatever is done to any single check, the verifier names the member.</summary>
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
    public void Removed_check_is_missed() => EachIsRejected(Mutation.Remove);

    [Test]
    public void Smaller_shift_is_no_check() => EachIsRejected(Mutation.ShiftLess);

    [Test]
    public void Larger_shift_is_no_check() => EachIsRejected(Mutation.ShiftMore);

    [Test]
    public void Arithmetic_shift_is_no_check() => EachIsRejected(Mutation.ShiftArithmetically);

    [Test]
    public void Compare_with_the_block_below_is_no_check() => EachIsRejected(Mutation.CompareWithBlockBelow);

    [Test]
    public void Compare_with_the_block_above_is_no_check() => EachIsRejected(Mutation.CompareWithBlockAbove);

    [Test]
    public void Inverted_compare_is_no_check() => EachIsRejected(Mutation.InvertCompare);

    [Test]
    public void Compare_by_order_is_no_check() => EachIsRejected(Mutation.BranchOnOrder);

    [Test]
    public void Check_of_half_an_address_is_no_check() => EachIsRejected(Mutation.NarrowAddress);

    [Test]
    public void Check_of_another_variable_is_no_check() => EachIsRejected(Mutation.TestOtherVariable);

    [Test]
    public void Check_that_goes_on_after_it_failed_is_no_check() => EachIsRejected(Mutation.ComeBackFromColdPath);

    [Test]
    public void Branch_around_the_check_is_seen() => EachIsRejected(Mutation.AddBypass);

    [Test]
    public void Check_behind_the_access_comes_too_late() => EachIsRejected(Mutation.MoveBehindAccess);

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
