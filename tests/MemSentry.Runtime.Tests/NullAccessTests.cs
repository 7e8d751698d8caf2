namespace MemSentry.Runtime.Tests;

/// <summary>Code woven with <c>sfi</c> masks null pointers too: nothing may be different from a program that is not woven.</summary>
public sealed class NullAccessTests
{
    private const string Unmasked = "0x0";
    private const string Masked = "0x400000000000";
    private const string Loop = "NullAccesses:LoopToNull(nuint,int)";

    private static IEnumerable<TestCaseData> Modes =>
    [
        Mode("tier 0", $"{Loop} [Tier0", ("DOTNET_TieredCompilation", "1"), ("DOTNET_TC_OnStackReplacement", "0"), ("DOTNET_TC_QuickJitForLoops", "1")),
        Mode("replacement on the stack", $"{Loop} [Tier1-OSR", ("DOTNET_TieredCompilation", "1"), ("DOTNET_TC_QuickJitForLoops", "1")),
        Mode("full optimisation", $"{Loop} [FullOpts", ("DOTNET_TieredCompilation", "0")),
    ];

    [TestCaseSource(nameof(Modes))]
    public void Null_is_a_NullReferenceException_whatever_the_access_and_the_code(Dictionary<string, string> environment, string compiled)
    {
        string listing = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():n}.jit");
        environment["DOTNET_JitDisasmSummary"] = "1";
        environment["DOTNET_JitStdOutFile"] = listing;
        try
        {
            ChildResult masked = Run(Masked, "all", environment);
            string tiers = File.ReadAllText(listing);
            ChildResult unmasked = Run(Unmasked, "all", environment);

            Assert.That((masked.ExitCode, masked.Error), Is.EqualTo((0, "")));
            Assert.That(masked.Output, Is.EqualTo(unmasked.Output));
            Assert.That(masked.Output.Split('\n').Count(line => line.StartsWith("NullReferenceException", StringComparison.Ordinal)), Is.EqualTo(10));
            Assert.That(masked.Output, Does.Contain("repeated:\n10000\nthreads:\n4000\n").And.Not.Contain("never"));
            Assert.That(tiers, Does.Contain(compiled), "the code was compiled as the case says");
        }
        finally
        {
            File.Delete(listing);
        }
    }

    /// <summary>
    /// At every transition between managed and native code. With GCStress=3, at every allocation as well, the same child takes from seconds to many minutes.
    /// </summary>
    [Test]
    public void A_collection_at_every_chance_changes_nothing()
    {
        ChildResult masked = Run(Masked, "8", new() { ["DOTNET_GCStress"] = "2", ["DOTNET_gcConcurrent"] = "0" });

        Assert.That(masked, Is.EqualTo(Run(Unmasked, "8")));
        Assert.That(masked.Output, Does.StartWith("NullReferenceException in "));
    }

    [TestCase("0")]
    [TestCase("8")]
    [TestCase("4092")]
    public void Small_addresses_are_null(string address)
    {
        ChildResult child = Run(Masked, address);

        Assert.That(child, Is.EqualTo(Run(Unmasked, address)));
        Assert.That(child.Output, Does.StartWith("NullReferenceException in at MemSentry.Runtime.Probe.NullAccesses.Load("));
    }

    /// <summary>For .NET on Linux, null is the first page only; further up a fault ends the process, woven or not.</summary>
    [TestCase("4096")]
    [TestCase("65535")]
    [TestCase("65536")]
    [TestCase("1000000")]
    public void Larger_addresses_end_the_process_as_they_do_unwoven(string address)
    {
        ChildResult child = Run(Masked, address);

        Assert.That(child, Is.EqualTo(Run(Unmasked, address)));
        Assert.That(child.ExitCode, Is.EqualTo(ChildResult.Aborted));
        Assert.That(child.Error, Does.StartWith("Fatal error.\nSystem.AccessViolationException").And.Contain("NullAccesses.Load("));
    }

    private static ChildResult Run(string mask, string shape, Dictionary<string, string>? environment = null) =>
        new Probe("null", mask, shape) { Environment = environment ?? [] }.Run();

    private static TestCaseData Mode(string name, string compiled, params (string Name, string Value)[] environment) =>
        new TestCaseData(environment.ToDictionary(pair => pair.Name, pair => pair.Value), compiled).SetArgDisplayNames(name);
}
