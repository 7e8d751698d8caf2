using System.Collections.Concurrent;
using MemSentry.SeededBugs.Bugs;

namespace MemSentry.SeededBugs.Finding;

/// <summary>Asks one detector after the other for each bug, several bugs at once, each with copies of its own.</summary>
public sealed class Search : IDisposable
{
    private readonly IReadOnlyList<Detector> _detectors;
    private readonly ConcurrentBag<EngineCopy[]> _idle = [];

    /// <summary>Makes the first copies and sees that no detector complains without a bug.</summary>
    /// <exception cref="InvalidOperationException">One does.</exception>
    public Search(IReadOnlyList<Detector> detectors)
    {
        _detectors = detectors;
        EngineCopy[] copies = Copies();
        _idle.Add(copies);
        Parallel.For(0, copies.Length, i =>
        {
            if (copies[i].Run() is { } complaint)
                throw new InvalidOperationException($"Without any bug, {detectors[i].Name} complain: {complaint}");
        });
    }

    /// <summary>Looks for a bug.</summary>
    /// <returns>Who found it, and what he says; null if nobody did.</returns>
    public string? Find(SeededBug bug)
    {
        EngineCopy[] copies = _idle.TryTake(out EngineCopy[]? idle) ? idle : Copies();
        try
        {
            return _detectors.Zip(copies, (d, c) => c.Try(bug) is { } complaint ? $"found by {d.Name}: {complaint}" : null).FirstOrDefault(f => f is not null);
        }
        finally
        {
            _idle.Add(copies);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (EngineCopy copy in _idle.SelectMany(c => c))
            copy.Dispose();
    }

    private EngineCopy[] Copies() => [.. _detectors.Select(d => new EngineCopy(d))];
}
