using MemSentry.Analysis.Planning;
using MemSentry.RealAssemblies.Weaving;

namespace MemSentry.RealAssemblies.Checks;

/// <summary>All checks on all real assemblies, in a temporary folder.</summary>
public sealed class RealAssemblyChecks : IDisposable
{
    /// <summary>Assemblies with pointer accesses that this program can put to work.</summary>
    public static IReadOnlyList<string> Subjects { get; } = ["Iced.dll", "Microsoft.Diagnostics.Tracing.TraceEvent.dll"];

    /// <summary>Assemblies without any of their own: only references that framework members return (span indexers) are checked there.</summary>
    public static IReadOnlyList<string> Controls { get; } = ["Newtonsoft.Json.dll", "ICSharpCode.SharpZipLib.dll", "Google.Protobuf.dll"];

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("memsentry-real-");

    /// <summary>Runs everything.</summary>
    public IEnumerable<CheckResult> Run() => Subjects.SelectMany(RunSubject).Concat(Controls.SelectMany(RunControl));

    /// <summary>Weaves a subject, compiles every member of it and puts it to work.</summary>
    public IEnumerable<CheckResult> RunSubject(string file)
    {
        string folder = _root.CreateSubdirectory(file).FullName;
        string woven = Path.Combine(folder, file);
        PlanStatistics statistics = Weave.Run(file, woven).Statistics;
        yield return new(
            $"{file} is woven",
            statistics.Checks > 0,
            $"{statistics.Members} members, {statistics.Accesses} accesses, {statistics.Proven} proven, {statistics.Checks} checks");
        yield return SameBytes(file, woven);

        var unwovenRun = new WorkloadFolder(Path.Combine(folder, "unwoven"));
        var wovenRun = new WorkloadFolder(Path.Combine(folder, "woven"));
        wovenRun.Replace(file, woven);
        yield return Compiles(file, unwovenRun, wovenRun);

        string[] workload = file == "Iced.dll" ? ["decode"] : ["parse", Trace(folder, unwovenRun)];
        yield return SameOutput($"{file} works as before ({workload[0]})", unwovenRun.Run(workload), wovenRun.Run(workload));
    }

    /// <summary>Weaves a control and compares its bodies.</summary>
    public IEnumerable<CheckResult> RunControl(string file)
    {
        string woven = Path.Combine(_root.CreateSubdirectory(file).FullName, file);
        string original = Path.Combine(AppContext.BaseDirectory, file);
        HashSet<string> planned = [.. Weave.Run(file, woven).Members.Where(m => !m.IsEmpty).Select(m => BodyComparison.Name(m.Method))];
        IReadOnlyList<string> different = BodyComparison.Different(original, woven);
        string[] unplanned = [.. different.Where(name => !planned.Contains(name))];
        yield return new(
            $"{file} keeps every body without checks",
            unplanned.Length == 0 && different.Count == planned.Count,
            unplanned.Length == 0
                ? $"{BodyComparison.Count(original)} bodies, {planned.Count} with checks"
                : $"{unplanned.Length} differ without need, for example {unplanned[0]}");
        yield return SameBytes(file, woven);
    }

    /// <inheritdoc/>
    public void Dispose() => _root.Delete(recursive: true);

    private static CheckResult SameBytes(string file, string woven)
    {
        string again = woven + ".again";
        Weave.Run(file, again);
        byte[] bytes = File.ReadAllBytes(woven);
        return new($"{file} gives the same bytes twice", bytes.AsSpan().SequenceEqual(File.ReadAllBytes(again)), $"{bytes.Length} bytes");
    }

    private static CheckResult Compiles(string file, WorkloadFolder unwoven, WorkloadFolder woven)
    {
        string[] before = Lines(unwoven.Run(["compile", file]));
        string[] after = Lines(woven.Run(["compile", file]));
        string[] added = [.. Failures(after).Except(Failures(before))];
        string counts = $"{before[^1]} unwoven, {after[^1]} woven";
        return new(
            $"{file} compiles, every member",
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
