using System.Collections.Concurrent;
using MemSentry.SeededBugs.Bugs;

namespace MemSentry.SeededBugs.Finding;

/// <summary>A detector that is asked about bugs, and believed only if it has nothing to say of an engine without any.</summary>
public sealed class Witness : IDisposable
{
    private readonly ConcurrentBag<EngineCopy> _idle = [];
    private readonly Lazy<string?> _withoutBug;

    /// <summary>Nothing is run yet.</summary>
    public Witness(Detector detector)
    {
        Detector = detector;
        _withoutBug = new Lazy<string?>(() => With(c => c.Run()));
    }

    /// <summary>Who is asked.</summary>
    public Detector Detector { get; }

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
        EngineCopy copy = _idle.TryTake(out EngineCopy? idle) ? idle : new EngineCopy(Detector);
        try
        {
            return run(copy);
        }
        finally
        {
            _idle.Add(copy);
        }
    }
}
