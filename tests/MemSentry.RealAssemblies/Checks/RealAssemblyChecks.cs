using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.RealAssemblies.Weaving;

namespace MemSentry.RealAssemblies.Checks;

/// <summary>All checks on all real assemblies, in a temporary folder.</summary>
public sealed class RealAssemblyChecks : IDisposable
{
    /// <summary>Assemblies with unproven accesses that this program can put to work.</summary>
    public static IReadOnlyList<string> Subjects { get; } = ["Iced.dll", "Microsoft.Diagnostics.Tracing.TraceEvent.dll"];

    /// <summary>Assemblies without any of their own: only references that framework members return (span indexers) are checked there.</summary>
    public static IReadOnlyList<string> Controls { get; } = ["Newtonsoft.Json.dll", "ICSharpCode.SharpZipLib.dll", "Google.Protobuf.dll"];

    /// <summary>
    /// How assemblies with raw pointers are woven. Iced has references only, of which other methods and other trust make the same code, so it is woven
    /// in the first way alone.
    /// </summary>
    private static readonly Variant[] Variants =
        [Variant.Default, new(ProtectionMethod.Sfi), new(ProtectionMethod.Mpx, PointerTrust.Frame), new(ProtectionMethod.Sfi, PointerTrust.None)];

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("memsentry-real-");

    /// <summary>Runs everything.</summary>
    public IEnumerable<CheckResult> Run() => Subjects.SelectMany(RunSubject).Concat(Controls.SelectMany(RunControl));

    /// <summary>Weaves a subject in several ways, compiles every member of it each time and puts it to work.</summary>
    public IEnumerable<CheckResult> RunSubject(string file)
    {
        string folder = _root.CreateSubdirectory(file).FullName;
        var program = new WorkloadFolder(Path.Combine(folder, "unwoven"));
        string? trace = file == "Iced.dll" ? null : Trace(folder, program);
        string compiled = program.Run(["compile", file]);
        string output = program.Run(Workload(program, trace));
        return (trace is null ? Variants[..1] : Variants).AsParallel().AsOrdered().WithDegreeOfParallelism(Environment.ProcessorCount)
            .Select(v => RunVariant(v, Path.Combine(folder, v.ToString()), file, trace, compiled, output).ToArray()).SelectMany(results => results);
    }

    private static IEnumerable<CheckResult> RunVariant(Variant variant, string folder, string file, string? trace, string compiled, string output)
    {
        var program = new WorkloadFolder(folder);
        string woven = Path.Combine(folder, file);
        ModulePlan plan = Weave.Run(file, woven, variant);
        PlanStatistics statistics = plan.Statistics;
        int masks = plan.All.Sum(m => m.Decisions.Count(d => d.Verdict == AccessVerdict.Masked));
        string name = $"{file} {variant}";
        yield return new(
            $"{name}: is woven",
            statistics.Checks > 0 && masks > 0 == (variant.Method == ProtectionMethod.Sfi),
            $"{statistics.Members} members, {statistics.Accesses} accesses, {statistics.Proven} proven, {statistics.Checks} checks, {masks} of them masks");
        if (variant.Trust == PointerTrust.Leaf)
            yield return SameBytes(file, woven, variant);

        yield return Compiles(name, compiled, program.Run(["compile", file]));

        string[] workload = Workload(program, trace);
        yield return SameOutput($"{name}: works as before ({workload[0]})", output, program.Run(workload));
    }

    // The workload writes next to the trace, so each program has its own.
    private static string[] Workload(WorkloadFolder program, string? trace) => trace is null ? ["decode"] : ["parse", program.Take(trace)];

    /// <summary>Weaves a control and compares its bodies.</summary>
    public IEnumerable<CheckResult> RunControl(string file)
    {
        string woven = Path.Combine(_root.CreateSubdirectory(file).FullName, file);
        string original = Path.Combine(AppContext.BaseDirectory, file);
        HashSet<string> planned = [.. Weave.Run(file, woven, Variant.Default).Members.Where(m => !m.IsEmpty).Select(m => BodyComparison.Name(m.Method))];
        IReadOnlyList<string> different = BodyComparison.Different(original, woven);
        string[] unplanned = [.. different.Where(name => !planned.Contains(name))];
        yield return new(
            $"{file} keeps every body without checks",
            unplanned.Length == 0 && different.Count == planned.Count,
            unplanned.Length == 0
                ? $"{BodyComparison.Count(original)} bodies, {planned.Count} with checks"
                : $"{unplanned.Length} differ without need, for example {unplanned[0]}");
        yield return SameBytes(file, woven, Variant.Default);
    }

    /// <inheritdoc/>
    public void Dispose() => _root.Delete(recursive: true);

    private static CheckResult SameBytes(string file, string woven, Variant variant)
    {
        string again = woven + ".again";
        Weave.Run(file, again, variant);
        byte[] bytes = File.ReadAllBytes(woven);
        return new($"{file} {variant}: gives the same bytes twice", bytes.AsSpan().SequenceEqual(File.ReadAllBytes(again)), $"{bytes.Length} bytes");
    }

    private static CheckResult Compiles(string name, string unwoven, string woven)
    {
        string[] before = Lines(unwoven);
        string[] after = Lines(woven);
        string[] added = [.. Failures(after).Except(Failures(before))];
        string counts = $"{before[^1]} unwoven, {after[^1]} woven";
        return new(
            $"{name}: compiles, every member",
            added.Length == 0 && before[0] == "woven False" && after[0] == "woven True",
            added.Length == 0 ? counts : $"{counts}; for example {added[0]}");
    }

    private static IEnumerable<string> Failures(string[] lines) => lines.Where(line => line.StartsWith("failed ", StringComparison.Ordinal));

    private static CheckResult SameOutput(string name, string before, string after)
    {
        string[] first = Lines(before);
        string[] second = Lines(after);
        string? difference = first.Zip(second).Where(pair => pair.First != pair.Second).Select(pair => $"'{pair.First}' became '{pair.Second}'").FirstOrDefault();
        return new(name, before == after && first.Length > 0, difference ?? $"{first.Length} lines, last: {first[^1]}");
    }

    // The trace is recorded by the runtime itself while the other workload runs unwoven.
    private static string Trace(string folder, WorkloadFolder program)
    {
        string trace = Path.Combine(folder, "workload.nettrace");
        program.Run(
            ["decode"],
            ("DOTNET_EnableEventPipe", "1"),
            ("DOTNET_EventPipeOutputPath", trace),
            ("DOTNET_EventPipeConfig", "Microsoft-Windows-DotNETRuntime:0x4c14fccbd:5,Microsoft-DotNETCore-SampleProfiler:0:5"));
        return trace;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
