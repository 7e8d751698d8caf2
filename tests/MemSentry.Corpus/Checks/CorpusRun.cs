using System.Collections.Concurrent;
using MemSentry.Corpus.Children;
using MemSentry.Corpus.Subjects;
using MemSentry.Corpus.Workloads;

namespace MemSentry.Corpus.Checks;

/// <summary>Carries plans out, in a temporary folder, on all processors.</summary>
public sealed class CorpusRun : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("memsentry-corpus-");
    private readonly Lazy<string> _trace;

    /// <summary>Makes the folder.</summary>
    public CorpusRun() => _trace = new(RecordTrace);

    /// <summary>Carries out a plan.</summary>
    /// <returns>What came of each run, in the order in which they end.</returns>
    public IEnumerable<RunResult> Subjects(IReadOnlyList<PlannedRun> plan)
    {
        Dictionary<Subject, SubjectChecks> checks = plan.Select(r => r.Subject).Distinct()
            .ToDictionary(s => s, s => new SubjectChecks(s, _root.CreateSubdirectory(s.Name).FullName, _trace));
        return OnAllProcessors(plan, run => checks[run.Subject].Run(run.Variant, run.Depth));
    }

    /// <summary>Weaves controls.</summary>
    public IEnumerable<RunResult> Controls(IReadOnlyList<string> files) => OnAllProcessors(files, f => ControlChecks.Run(f, _root.CreateSubdirectory(f).FullName));

    /// <inheritdoc/>
    public void Dispose() => _root.Delete(recursive: true);

    private static IEnumerable<RunResult> OnAllProcessors<T>(IEnumerable<T> items, Func<T, RunResult> run) =>
        Partitioner.Create(items, EnumerablePartitionerOptions.NoBuffering)
            .AsParallel().WithDegreeOfParallelism(Environment.ProcessorCount).WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(run);

    // The runtime itself records what happens while another workload runs unwoven.
    private string RecordTrace()
    {
        string trace = Path.Combine(_root.FullName, TraceWorkload.FileName);
        Subject recorded = SubjectCatalog.All.Single(s => s.Name == "Iced");
        string members = Path.Combine(_root.FullName, "no members");
        MemberChoice.Write(members, []);
        ChildProcess.Run(
            recorded.Program(recorded.Originals, _root.CreateSubdirectory("recorded").FullName, members),
            ("DOTNET_EnableEventPipe", "1"),
            ("DOTNET_EventPipeOutputPath", trace),
            ("DOTNET_EventPipeConfig", "Microsoft-Windows-DotNETRuntime:0x4c14fccbd:5,Microsoft-DotNETCore-SampleProfiler:0:5"));
        return trace;
    }
}
