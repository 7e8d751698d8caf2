using System.Collections.Concurrent;
using MemSentry.Corpus.Children;
using MemSentry.Corpus.Subjects;

namespace MemSentry.Corpus.Checks;

/// <summary>Carries plans out, in a temporary folder, on all processors.</summary>
public sealed class CorpusRun : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("memsentry-corpus-");
    private readonly Lazy<string> _trace;

    /// <summary>Makes the folder.</summary>
    public CorpusRun() => _trace = new(() => TraceRecording.Make(_root.FullName));

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
}
