using MemSentry.Corpus.Children;
using MemSentry.Corpus.Subjects;
using MemSentry.RealOverhead.Measuring;

namespace MemSentry.RealOverhead.Arms;

/// <summary>The pairs of all subjects, each of which has done all its works and waits.</summary>
internal sealed class ArmPairs : IDisposable
{
    private ArmPairs(IReadOnlyList<ArmPair> all) => All = all;

    /// <summary>The pairs.</summary>
    public IReadOnlyList<ArmPair> All { get; }

    /// <summary>Weaves, starts and warms up, on all processors: nothing is timed yet.</summary>
    /// <param name="variant">How to weave.</param>
    /// <param name="root">An empty folder.</param>
    /// <exception cref="Analysis.Diagnostics.WeaveException">The weaver refused.</exception>
    /// <exception cref="InvalidDataException">A work does something else once its assemblies are woven, or does not end.</exception>
    public static ArmPairs Start(Variant variant, string root)
    {
        var trace = new Lazy<string>(() => TraceRecording.Make(root));
        Task<ArmPair>[] starts = [.. TimedSubject.All.Select(s => Task.Run(() =>
        {
            var pair = ArmPair.Start(s, variant, Directory.CreateDirectory(Path.Combine(root, s.Subject.Name)).FullName, trace);
            try
            {
                foreach (string work in s.Works)
                    WorkComparison.WarmUp(pair, work);
                return pair;
            }
            catch
            {
                pair.Dispose();
                throw;
            }
        }))];
        try
        {
            return new ArmPairs(Task.WhenAll(starts).GetAwaiter().GetResult());
        }
        catch
        {
            foreach (Task<ArmPair> started in starts.Where(s => s.IsCompletedSuccessfully))
                started.Result.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ArmPair pair in All)
            pair.Dispose();
    }
}
