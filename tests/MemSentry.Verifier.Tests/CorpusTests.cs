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

    private static readonly string[] MostPointers =
    [
        "System.Collections.Concurrent", "System.Diagnostics.Process", "System.IO.Compression", "System.Linq", "System.Memory", "System.Net.Quic", "System.Net.Security", "System.Net.Sockets",
        "System.Private.Xml", "System.Reflection.Metadata", "System.Runtime.Numerics", "System.Security.Cryptography", "System.Text.Json", "System.Text.RegularExpressions",
    ];

    [Test, Pairwise]
    public void Fixture_is_accepted(
        [Values] OptimizationLevel level,
        [Values(CheckedAccesses.Read, CheckedAccesses.Write, CheckedAccesses.ReadWrite)] CheckedAccesses rw,
        [Values] bool verifyExternalCallArgs,
        [Values(ProtectionMethod.Mpx, ProtectionMethod.Sfi)] ProtectionMethod method,
        [Values] PointerTrust trust)
    {
        using var work = new Workplace();
        var options = new WeaverOptions { Rw = rw, VerifyExternalCallArgs = verifyExternalCallArgs, ProtMethod = method, Trust = trust };

        VerificationReport report = Workplace.Verify(work.Weave(work.Compile(Sources.Everything, level), options));

        Assert.That(report.Findings, Is.Empty);
        Assert.That(report.Obligations, Is.GreaterThan(20));
        Assert.That(report.Trusted, Is.EqualTo(2));
    }

    [Test]
    public void Packages_are_accepted([Values(ProtectionMethod.Mpx, ProtectionMethod.Sfi)] ProtectionMethod method) =>
        EachIsAccepted([.. Packages.Select(n => Path.Combine(AppContext.BaseDirectory, n + ".dll"))], method, atLeast: 10_000);

    /// <summary>All but the core library, which cannot refer to the runtime that its checks would need.</summary>
    [Test]
    public void Shared_frameworks_are_accepted() => EachIsAccepted(
        [.. new[] { NetCoreApp, AspNetCoreApp }.SelectMany(f => Directory.GetFiles(f, "*.dll")).Where(f => Path.GetFileName(f) != "System.Private.CoreLib.dll" && IsManaged(f))],
        ProtectionMethod.Mpx, atLeast: 10_000);

    [Test]
    public void Assemblies_with_the_most_pointers_are_accepted_with_masks() =>
        EachIsAccepted([.. MostPointers.Select(n => Path.Combine(NetCoreApp, n + ".dll"))], ProtectionMethod.Sfi, atLeast: 1_000);

    private static void EachIsAccepted(string[] files, ProtectionMethod method, int atLeast)
    {
        int accepted = 0;
        int covered = 0;
        int members = 0;
        var rejected = new List<string>();
        foreach (string file in files)
        {
            using var work = new Workplace();
            VerificationReport report = Workplace.Verify(work.Weave(file, new WeaverOptions { ProtMethod = method }), null, Path.GetDirectoryName(file)!);
            accepted += report.Accepted ? 1 : 0;
            covered += report.Obligations;
            members += report.Members;
            if (report.Accepted)
                continue;

            string name = Path.GetFileNameWithoutExtension(file);
            TestContext.Out.WriteLine($"rejected: {name}: {report.Findings[0]}");
            rejected.Add($"{name}: {string.Join('\n', report.Findings)}");
        }

        TestContext.Out.WriteLine($"verify-corpus: {accepted}/{files.Length} accepted with {method}; {covered} accesses and borders in {members} members");
        Assert.That(rejected, Is.Empty);
        Assert.That(covered, Is.GreaterThan(atLeast));
    }

    private static bool IsManaged(string file)
    {
        using var image = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(file));
        return image.HasMetadata;
    }
}
