using System.Reflection;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Tests.Fixtures;
using Mono.Cecil;

namespace MemSentry.Analysis.Tests.Convergence;

/// <summary>The analysis reaches its fixed point on every member of assemblies that nobody here wrote.</summary>
[TestFixture]
internal sealed class FrameworkConvergenceTests
{
    [Test]
    public void Every_member_of_the_framework_is_analysed() =>
        AssertConverges([.. Directory.GetFiles(FrameworkResolver.NetCoreApp, "*.dll"), .. Directory.GetFiles(FrameworkResolver.AspNetCoreApp, "*.dll")], atLeast: 150_000);

    [Test]
    public void Every_member_of_the_packages_is_analysed() => AssertConverges([.. Packages()], atLeast: 15_000);

    private static string PackagesFolder { get; } =
        typeof(FrameworkConvergenceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PackagesFolder").Value!;

    private static IEnumerable<string> Packages()
    {
        string[] packages =
        [
            "microsoft.diagnostics.tracing.traceevent/3.1.21", "communitytoolkit.highperformance/7.1.2", "google.protobuf/3.25.1", "newtonsoft.json/13.0.3",
            "sharpziplib/1.4.1", "system.reflection.metadata/8.0.0", "iced/1.22.0", "microsoft.faster.core/2.6.5", "icsharpcode.decompiler/11.2.0.10050",
            "fscheck/3.6.0",
        ];
        return packages.Select(p => LibraryOf(Path.Combine(PackagesFolder, p)));
    }

    /// <summary>The package's library for the newest .NET that it offers.</summary>
    private static string LibraryOf(string package)
    {
        string[] preference = ["net10.0", "net8.0", "net7.0", "net6.0", "netstandard2.1", "netstandard2.0"];
        string name = Path.GetFileName(Path.GetDirectoryName(package))!;
        return preference.SelectMany(t => Directory.Exists($"{package}/lib/{t}") ? Directory.GetFiles($"{package}/lib/{t}", "*.dll") : [])
            .First(f => name.EndsWith(Path.GetFileNameWithoutExtension(f).ToLowerInvariant().Split('.')[^1], StringComparison.Ordinal));
    }

    private static void AssertConverges(IReadOnlyList<string> files, int atLeast)
    {
        int members = 0;
        int checks = 0;
        var failures = new List<string>();
        foreach (string file in files)
        {
            using IAssemblyResolver resolver = FrameworkResolver.Create(
                Path.GetDirectoryName(file)!,
                Path.Combine(PackagesFolder, "microsoft.diagnostics.netcore.client/0.2.510501/lib/net6.0"),
                Path.Combine(PackagesFolder, "fsharp.core/10.0.111/lib/netstandard2.1"));
            ModuleDefinition module;
            try
            {
                module = ModuleDefinition.ReadModule(file, new ReaderParameters { AssemblyResolver = resolver });
            }
            catch (BadImageFormatException)
            {
                continue; // a native library
            }

            using (module)
            {
                var diagnostics = new DiagnosticList();
                PlanStatistics statistics = ModulePlanner.Plan(module, new WeaverOptions(), diagnostics).Statistics;
                members += statistics.Members;
                checks += statistics.Checks;
                failures.AddRange(diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => $"{Path.GetFileName(file)}: {d}"));
            }
        }

        TestContext.Out.WriteLine($"{members} members in {files.Count} files analysed, {checks} checks planned, {failures.Count} failures");
        Assert.That(failures, Is.Empty);
        Assert.That(members, Is.GreaterThan(atLeast));
    }
}
