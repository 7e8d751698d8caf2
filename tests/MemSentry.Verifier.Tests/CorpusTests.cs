using MemSentry.Analysis.Options;
using MemSentry.Verifier.Tests.Fixtures;
using Microsoft.CodeAnalysis;

namespace MemSentry.Verifier.Tests;

/// <summary>What the weaver makes of fixtures and of assemblies that other people wrote is accepted.</summary>
[TestFixture]
internal sealed class CorpusTests
{
    private static readonly string Framework = System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory();

    private static readonly string[] FrameworkAssemblies =
    [
        "System.Private.Xml", "System.Linq.Expressions", "System.Text.Json", "System.Net.Http", "System.Security.Cryptography", "System.Reflection.Metadata",
        "System.Collections", "System.Collections.Immutable", "System.IO.Compression", "System.Net.Sockets", "System.Text.RegularExpressions", "System.Diagnostics.Process",
        "System.Formats.Asn1", "System.Runtime.Numerics", "System.IO.Pipelines", "System.Private.DataContractSerialization",
    ];

    private static readonly string[] Packages = ["Iced", "Microsoft.Diagnostics.Tracing.TraceEvent", "CommunityToolkit.HighPerformance", "Mono.Cecil", "Microsoft.CodeAnalysis"];

    /// <summary>
    /// Rejected for a reason: a lambda for <c>string.Create</c> reads a span through a pointer to a span (<c>*(ReadOnlySpan&lt;byte&gt;*)state</c>). The address is
    /// checked, but whoever can write there chooses the reference inside the span, and the weaver does not yet treat it as coming from nowhere.
    /// </summary>
    private static readonly Dictionary<string, VerifierCode> Rejected = new()
    {
        ["System.Security.Cryptography"] = VerifierCode.ReferencesFromNowhere,
        ["System.Text.RegularExpressions"] = VerifierCode.ReferencesFromNowhere,
    };

    [Test]
    public void Fixture_is_accepted(
        [Values] OptimizationLevel level,
        [Values(CheckedAccesses.Read, CheckedAccesses.Write, CheckedAccesses.ReadWrite)] CheckedAccesses rw,
        [Values] bool verifyExternalCallArgs)
    {
        using var work = new Workplace();
        var options = new WeaverOptions { Rw = rw, VerifyExternalCallArgs = verifyExternalCallArgs };

        VerificationReport report = Workplace.Verify(work.Weave(work.Compile(Sources.Everything, level), options));

        Assert.That(report.Findings, Is.Empty);
        Assert.That(report.Obligations, Is.GreaterThan(20));
        Assert.That(report.Trusted, Is.EqualTo(2));
    }

    [Test]
    public void Real_assemblies_are_accepted()
    {
        string[] files = [.. FrameworkAssemblies.Select(n => Path.Combine(Framework, n + ".dll")), .. Packages.Select(n => Path.Combine(AppContext.BaseDirectory, n + ".dll"))];
        int accepted = 0;
        var surprises = new List<string>();
        foreach (string file in files)
        {
            string name = Path.GetFileNameWithoutExtension(file);
            VerificationReport report = WeaveAndVerify(file);
            accepted += report.Accepted ? 1 : 0;
            TestContext.Out.WriteLine($"{name}: {(report.Accepted ? "accepted" : "rejected")}, {report.Obligations} accesses and borders in {report.Members} members");
            if (Rejected.TryGetValue(name, out VerifierCode expected) ? !report.Findings.Select(f => f.Code).Distinct().SequenceEqual([expected]) : !report.Accepted)
                surprises.Add($"{name}: {string.Join('\n', report.Findings.DefaultIfEmpty())}");
        }

        TestContext.Out.WriteLine($"verify-corpus: {accepted}/{files.Length} accepted, {Rejected.Count} rejected for a known reason");
        Assert.That(surprises, Is.Empty);
    }

    private static VerificationReport WeaveAndVerify(string file)
    {
        using var work = new Workplace();
        return Workplace.Verify(work.Weave(file));
    }
}
