using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Planning;
using MemSentry.Weaver.Tests.Fixtures;

namespace MemSentry.Weaver.Tests;

/// <summary>Assemblies that other compilers and other people made.</summary>
internal sealed class RealAssemblyTests
{
    [TestCase("Iced")]
    [TestCase("Mono.Cecil")]
    [TestCase("CommunityToolkit.HighPerformance")]
    [TestCase("Microsoft.Diagnostics.Tracing.TraceEvent")]
    [TestCase("nunit.framework")]
    [TestCase("Microsoft.CodeAnalysis")]
    public void EveryMemberOfAWovenAssemblyIsValidForTheJit(string name)
    {
        using var folder = new TemporaryFolder();
        string output = folder[name + ".dll"];
        var diagnostics = new DiagnosticList();

        ModulePlan? plan = Weaving.Try(Path.Combine(AppContext.BaseDirectory, name + ".dll"), output, diagnostics);

        Assert.That(plan, Is.Not.Null, string.Join('\n', diagnostics));
        using var woven = new WovenFixture(File.ReadAllBytes(output));
        int prepared = woven.PrepareAll();
        TestContext.Out.WriteLine($"{name}: {plan!.Statistics}, {prepared} members compiled; {string.Join(' ', diagnostics)}");
        Assert.That(prepared, Is.GreaterThan(100));
    }
}
