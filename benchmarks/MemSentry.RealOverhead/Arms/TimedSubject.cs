using System.Collections.Frozen;
using System.Diagnostics;
using MemSentry.Corpus.Subjects;
using MemSentry.RealOverhead.Works;

namespace MemSentry.RealOverhead.Arms;

/// <summary>A subject of the corpus, and what it is timed with.</summary>
/// <param name="Subject">What is woven.</param>
/// <param name="Processes">How many processes compare it: an even number, so that both arms are loaded first equally often.</param>
/// <param name="Generations">How often each of them loads it anew.</param>
internal sealed record TimedSubject(Subject Subject, int Processes, int Generations)
{
    private static readonly Dictionary<string, FrozenDictionary<string, Action<string, TextWriter>>> OfPackages = new()
    {
        ["TraceEvent"] = new Dictionary<string, Action<string, TextWriter>> { ["read-trace"] = TraceParsing.Read, ["convert-trace"] = TraceParsing.Convert }.ToFrozenDictionary(),
        ["Reflection.Metadata"] = new Dictionary<string, Action<string, TextWriter>> { ["read-metadata"] = MetadataReading.Run }.ToFrozenDictionary(),
        ["FASTER"] = new Dictionary<string, Action<string, TextWriter>> { ["upsert"] = StoreOperations.Upsert, ["read"] = StoreOperations.Read, ["update"] = StoreOperations.Update }.ToFrozenDictionary(),
    };

    /// <summary>All of them. What differs most from place to place has most samples; what is compiled longest, and has many works to take the mean of, fewest.</summary>
    public static IReadOnlyList<TimedSubject> All { get; } =
    [
        new(Package("TraceEvent"), Processes: 2, Generations: 2),
        new(Package("Reflection.Metadata"), Processes: 2, Generations: 4),
        new(Package("FASTER"), Processes: 2, Generations: 7),
        new(SubjectCatalog.WholeFramework, Processes: 2, Generations: 1),
    ];

    /// <summary>The works of a package, with the folder for their files.</summary>
    public static IReadOnlyDictionary<string, Action<string, TextWriter>> WorksOf(string package) => OfPackages[package];

    /// <summary>The process that compares, given a seed.</summary>
    /// <param name="woven">The folder with the woven assemblies.</param>
    /// <param name="scratch">A folder for files, in which each arm has one of its own.</param>
    public Func<int, ProcessStartInfo> Comparison(string woven, string scratch)
    {
        if (Subject is not FrameworkSubject framework)
            return seed => new ProcessStartInfo("dotnet", ["exec", typeof(TimedSubject).Assembly.Location, "compare", Subject.Name, woven, scratch, $"{seed}", $"{Generations}"]);

        string folder = framework.WithTheRest(woven, scratch);
        return seed => framework.Comparison(folder, seed, Generations);
    }

    private static Subject Package(string name) => SubjectCatalog.All.Single(s => s.Name == name);
}
