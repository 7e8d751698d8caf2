using System.Collections.Concurrent;
using System.Diagnostics;
using MemSentry.SeededBugs.Bugs;

namespace MemSentry.SeededBugs.Finding;

/// <summary>A detector that is asked about bugs, and believed only if it has nothing to say of an engine without any.</summary>
public sealed class Witness : IDisposable
{
    private readonly ConcurrentBag<EngineCopy> _idle = [];
    private readonly Lazy<string?> _withoutBug;
    private readonly string _images;
    private int _runs;
    private long _ticks;

    /// <summary>Nothing is run yet.</summary>
    /// <param name="detector">Who is asked.</param>
    /// <param name="images">A folder for what tests compile, the same for all runs.</param>
    public Witness(Detector detector, string images)
    {
        Detector = detector;
        _images = images;
        _withoutBug = new Lazy<string?>(() => With(c => c.Run()));
    }

    /// <summary>Who is asked.</summary>
    public Detector Detector { get; }

    /// <summary>How often it has run.</summary>
    public int Runs => _runs;

    /// <summary>How long that took, all runs together.</summary>
    public TimeSpan Time => TimeSpan.FromTicks(_ticks);

    /// <summary>Runs the detector on an engine with a bug.</summary>
    /// <returns>What it complains of; null if it finds nothing, as it must if it does not use the assembly at all.</returns>
    /// <exception cref="InvalidOperationException">It complains without any bug, too.</exception>
    public string? Ask(SeededBug bug)
    {
        if (!EngineCopy.Uses(Detector, bug) || With(c => c.Try(bug)) is not { } complaint)
            return null;

        return _withoutBug.Value is { } always ? throw new InvalidOperationException($"Without any bug, {Detector.Name} complain, too: {always}") : complaint;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (EngineCopy copy in _idle)
            copy.Dispose();
    }

    private string? With(Func<EngineCopy, string?> run)
    {
        EngineCopy copy = _idle.TryTake(out EngineCopy? idle) ? idle : new EngineCopy(Detector, _images);
        var watch = Stopwatch.StartNew();
        try
        {
            return run(copy);
        }
        finally
        {
            Interlocked.Increment(ref _runs);
            Interlocked.Add(ref _ticks, watch.Elapsed.Ticks);
            _idle.Add(copy);
        }
    }
}
