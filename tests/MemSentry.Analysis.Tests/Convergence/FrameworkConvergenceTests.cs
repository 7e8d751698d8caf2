using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.PortableExecutable;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Prescan;
using MemSentry.Analysis.Tests.Fixtures;
using Mono.Cecil;

namespace MemSentry.Analysis.Tests.Convergence;

/// <summary>
/// The analysis reaches its fixed point on every member of assemblies that nobody here wrote, and agrees with the prescan on each that the prescan settles.
/// </summary>
[TestFixture]
internal sealed class FrameworkConvergenceTests
{
    /// <summary>
    /// The core library's own tools for making references out of nothing. They are refused as what they are; nobody weaves that library, because it cannot
    /// refer to the runtime that checks need.
    /// </summary>
    private static readonly string[] Forges =
    [
        .. new[] { "System.Activator::CreateInstance", "System.Runtime.CompilerServices.Unsafe::BitCast", "System.Runtime.CompilerServices.Unsafe::Read", "System.Runtime.CompilerServices.Unsafe::AsRef" }
            .Select(member => member + " cannot be protected, because it hands on a T"),
        .. new[] { "System.Runtime.CompilerServices.Unsafe::IsNullRef", "System.Runtime.CompilerServices.ByteRefOnStack::Create" }
            .Select(member => member + " cannot be protected, because it makes a number, or a reference to something else"),
    ];

    [Test]
    public void Every_member_of_the_framework_is_analysed() =>
        AssertConverges([.. Directory.GetFiles(FrameworkResolver.NetCoreApp, "*.dll"), .. Directory.GetFiles(FrameworkResolver.AspNetCoreApp, "*.dll")], atLeast: 150_000);

    [Test]
    public void Every_member_of_the_packages_is_analysed() => AssertConverges([.. PackageFolders.SelectMany(f => Directory.GetFiles(f, "*.dll"))], atLeast: 120_000);

    /// <summary>The folder of each package's libraries for the newest .NET that it offers.</summary>
    private static string[] PackageFolders { get; } = [.. Metadata("Packages").Split(';').Select(p => NewestLibraries(Path.Combine(Metadata("PackagesFolder"), p.Replace("[", "").Replace("]", ""))))];

    private static string Metadata(string key) =>
        typeof(FrameworkConvergenceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;

    private static string NewestLibraries(string package) =>
        new[] { "net11.0", "net10.0", "net9.0", "net8.0", "net7.0", "net6.0", "netstandard2.1", "netstandard2.0" }.Select(t => $"{package}/lib/{t}").First(Directory.Exists);

    private static void AssertConverges(IReadOnlyList<string> files, int atLeast)
    {
        // The biggest first, so that no processor is left alone with one at the end.
        (PlanStatistics Statistics, int Settled, string[] Failures)[] results = [.. Partitioner
            .Create(files.OrderByDescending(f => new FileInfo(f).Length), EnumerablePartitionerOptions.NoBuffering)
            .AsParallel().WithDegreeOfParallelism(Environment.ProcessorCount)
            .Where(HoldsMembers).Select(Analyse)];
        int members = results.Sum(r => r.Statistics.Members);
        int settled = results.Sum(r => r.Settled);
        string[] failures = [.. results.SelectMany(r => r.Failures)];
        TestContext.Out.WriteLine($"{members} members in {results.Length} of {files.Count} files analysed, {settled} of them settled, {results.Sum(r => r.Statistics.Checks)} checks planned, {failures.Length} failures");
        Assert.That(failures, Is.Empty);
        Assert.That(members, Is.GreaterThan(atLeast));
        Assert.That(settled, Is.GreaterThan(members / 2), "the prescan settles most members");
    }

    private static (PlanStatistics Statistics, int Settled, string[] Failures) Analyse(string file)
    {
        using IAssemblyResolver resolver = FrameworkResolver.Create(Path.GetDirectoryName(file)!, PackageFolders);
        byte[] image = File.ReadAllBytes(file);
        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(image, writable: false), new ReaderParameters { AssemblyResolver = resolver });
        IReadOnlyDictionary<MethodDefinition, int> settled = SettledMembers.In(module, image);
        var diagnostics = new DiagnosticList();
        ModulePlan plan = ModulePlanner.Plan(new ModuleMembers(module), new WeaverOptions(), diagnostics);
        return (plan.Statistics, settled.Count,
        [
            .. Disagreements(settled, plan).Select(d => $"{Path.GetFileName(file)}: {d}"),
            .. diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error && !Forges.Any(f => d.Message.StartsWith(f, StringComparison.Ordinal)))
                .Select(d => $"{Path.GetFileName(file)}: {d}"),
        ]);
    }

    /// <summary>In a settled member the analysis must find as many operands as the prescan, and nothing to check.</summary>
    private static IEnumerable<string> Disagreements(IReadOnlyDictionary<MethodDefinition, int> settled, ModulePlan plan)
    {
        Dictionary<MethodDefinition, MemberPlan> plans = plan.All.ToDictionary(p => p.Method);
        foreach ((MethodDefinition method, int proven) in settled)
        {
            if (!plans.TryGetValue(method, out MemberPlan? found))
            {
                yield return $"{method} is settled and was not analysed";
            }
            else if (!found.IsEmpty || found.Decisions.Length != proven || found.Decisions.Any(d => d.Verdict != AccessVerdict.Proven))
            {
                yield return $"{method} is settled with {proven} operands proven, and the analysis says\n{PlanText.Of(found)}";
            }
        }
    }

    // Native libraries lie beside the managed ones.
    private static bool HoldsMembers(string file)
    {
        using FileStream stream = File.OpenRead(file);
        using var image = new PEReader(stream);
        try
        {
            return image.HasMetadata;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
