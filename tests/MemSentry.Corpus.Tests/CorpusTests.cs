using MemSentry.Corpus.Checks;

namespace MemSentry.Corpus.Tests;

/// <summary>Real third-party assemblies survive the weave.</summary>
[NonParallelizable]
public sealed class RealAssemblyTests
{
    private RealAssemblyChecks _checks = null!;

    [OneTimeSetUp]
    public void Prepare() => _checks = new RealAssemblyChecks();

    [OneTimeTearDown]
    public void Remove() => _checks.Dispose();

    [TestCaseSource(typeof(RealAssemblyChecks), nameof(RealAssemblyChecks.Subjects))]
    public void A_woven_assembly_compiles_and_works_as_before(string file) => AssertAll(_checks.RunSubject(file));

    [TestCaseSource(typeof(RealAssemblyChecks), nameof(RealAssemblyChecks.Controls))]
    public void An_assembly_without_pointer_accesses_keeps_its_bodies(string file) => AssertAll(_checks.RunControl(file));

    private static void AssertAll(IEnumerable<CheckResult> results)
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (CheckResult result in results)
            {
                TestContext.Out.WriteLine(result);
                Assert.That(result.IsPassed, Is.True, result.ToString());
            }
        }
    }
}
