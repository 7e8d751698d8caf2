using System.Collections.Concurrent;
using MemSentry.Analysis.Options;
using MemSentry.Verifier.Tests.Fixtures;
using Microsoft.CodeAnalysis;

namespace MemSentry.Verifier.Tests;

/// <summary>What the weaver makes of fixtures and of assemblies that other people wrote is accepted.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Children)]
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
        // The biggest first, so that no processor is left alone with one at the end.
        (string File, VerificationReport Report)[] results = [.. Partitioner
            .Create(files.OrderByDescending(f => new FileInfo(f).Length), EnumerablePartitionerOptions.NoBuffering)
            .AsParallel().WithDegreeOfParallelism(Environment.ProcessorCount)
            .Select(file => (file, WeaveAndVerify(file, method)))];
        (string File, VerificationReport Report)[] rejected = [.. results.Where(r => !r.Report.Accepted).OrderBy(r => r.File, StringComparer.Ordinal)];
        foreach ((string file, VerificationReport report) in rejected)
            TestContext.Out.WriteLine($"rejected: {Path.GetFileNameWithoutExtension(file)}: {report.Findings[0]}");

        int covered = results.Sum(r => r.Report.Obligations);
        TestContext.Out.WriteLine(
            $"verify-corpus: {results.Length - rejected.Length}/{files.Length} accepted with {method}; {covered} accesses and borders in {results.Sum(r => r.Report.Members)} members");
        Assert.That(rejected.Select(r => $"{Path.GetFileName(r.File)}: {string.Join('\n', r.Report.Findings)}"), Is.Empty);
        Assert.That(results, Has.Length.EqualTo(files.Length));
        Assert.That(covered, Is.GreaterThan(atLeast));
    }

    private static VerificationReport WeaveAndVerify(string file, ProtectionMethod method)
    {
        using var work = new Workplace();
        return Workplace.Verify(work.Weave(file, new WeaverOptions { ProtMethod = method }), null, Path.GetDirectoryName(file)!);
    }

    private static bool IsManaged(string file)
    {
        using FileStream stream = File.OpenRead(file);
        using var image = new System.Reflection.PortableExecutable.PEReader(stream);
        return image.HasMetadata;
    }
}
