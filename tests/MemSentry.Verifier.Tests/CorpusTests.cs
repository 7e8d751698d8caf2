using MemSentry.Analysis.Options;
using MemSentry.Verifier.Tests.Fixtures;
using Microsoft.CodeAnalysis;

namespace MemSentry.Verifier.Tests;

/// <summary>What the weaver makes of fixtures and of assemblies that other people wrote is accepted.</summary>
[TestFixture]
internal sealed class CorpusTests
{
    private static readonly string NetCoreApp = System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory().TrimEnd('/');

    private static readonly string AspNetCoreApp = NetCoreApp.Replace("Microsoft.NETCore.App", "Microsoft.AspNetCore.App", StringComparison.Ordinal);

    private static readonly string[] Packages = ["Iced", "Microsoft.Diagnostics.Tracing.TraceEvent", "CommunityToolkit.HighPerformance", "Mono.Cecil", "Microsoft.CodeAnalysis"];

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
    public void Packages_are_accepted() => EachIsAccepted([.. Packages.Select(n => Path.Combine(AppContext.BaseDirectory, n + ".dll"))]);

    /// <summary>All but the core library, which cannot refer to the runtime that its checks would need.</summary>
    [Test]
    public void Shared_frameworks_are_accepted() => EachIsAccepted(
        [.. new[] { NetCoreApp, AspNetCoreApp }.SelectMany(f => Directory.GetFiles(f, "*.dll")).Where(f => Path.GetFileName(f) != "System.Private.CoreLib.dll" && IsManaged(f))]);

    private static void EachIsAccepted(string[] files)
    {
        int accepted = 0;
        int covered = 0;
        int members = 0;
        var rejected = new List<string>();
        foreach (string file in files)
        {
            string name = Path.GetFileNameWithoutExtension(file);
            VerificationReport report = WeaveAndVerify(file);
            accepted += report.Accepted ? 1 : 0;
            covered += report.Obligations;
            members += report.Members;
            if (report.Accepted)
                continue;

            TestContext.Out.WriteLine($"rejected: {name}: {report.Findings[0]}");
            rejected.Add($"{name}: {string.Join('\n', report.Findings)}");
        }

        TestContext.Out.WriteLine($"verify-corpus: {accepted}/{files.Length} accepted; {covered} accesses and borders in {members} members");
        Assert.That(rejected, Is.Empty);
        Assert.That(covered, Is.GreaterThan(10_000));
    }

    private static bool IsManaged(string file)
    {
        using var image = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(file));
        return image.HasMetadata;
    }

    private static VerificationReport WeaveAndVerify(string file)
    {
        using var work = new Workplace();
        return Workplace.Verify(work.Weave(file), null, Path.GetDirectoryName(file)!);
    }
}
