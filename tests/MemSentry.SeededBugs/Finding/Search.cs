using MemSentry.SeededBugs.Bugs;

namespace MemSentry.SeededBugs.Finding;

/// <summary>Asks one detector after the other for each bug, the likely one first. Several bugs may be looked for at once.</summary>
public sealed class Search : IDisposable
{
    private readonly DirectoryInfo _images = Directory.CreateTempSubdirectory("memsentry-images-");
    private readonly Witness[] _witnesses;

    /// <summary>Nothing is run yet.</summary>
    public Search(IEnumerable<Detector> detectors) => _witnesses = [.. detectors.Select(d => new Witness(d, _images.FullName))];

    /// <summary>Where the time went: who ran how often, and for how long.</summary>
    public IEnumerable<string> Times => _witnesses.Select(w => $"{w.Detector.Name,-34} {w.Runs,3} runs, {w.Time.TotalSeconds,6:f1} s");

    /// <summary>Looks for a bug.</summary>
    /// <returns>Who found it, and what he says; null if nobody did.</returns>
    /// <exception cref="InvalidOperationException">Who complains does so without any bug, too.</exception>
    public string? Find(SeededBug bug) => _witnesses.OrderBy(w => w.Detector.Finder != bug.Likely)
        .Select(w => w.Ask(bug) is { } complaint ? $"found by {w.Detector.Name}: {complaint}" : null)
        .FirstOrDefault(f => f is not null);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Witness witness in _witnesses)
            witness.Dispose();
        _images.Delete(recursive: true);
    }
}
