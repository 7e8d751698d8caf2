using System.Collections.Frozen;
using System.Diagnostics;
using MemSentry.Corpus.Subjects;
using MemSentry.RealOverhead.Works;

namespace MemSentry.RealOverhead.Arms;

/// <summary>A subject of the corpus, and what it is timed with.</summary>
/// <param name="Subject">What is woven.</param>
/// <param name="Works">The names of the works.</param>
/// <param name="Server">The process that works, given a folder with the assemblies and one for its files.</param>
internal sealed record TimedSubject(Subject Subject, IReadOnlyList<string> Works, Func<string, string, ProcessStartInfo> Server)
{
    private static readonly Dictionary<string, FrozenDictionary<string, Action<string, TextWriter>>> OfPackages = new()
    {
        ["TraceEvent"] = new Dictionary<string, Action<string, TextWriter>> { ["read-trace"] = TraceParsing.Read, ["convert-trace"] = TraceParsing.Convert }.ToFrozenDictionary(),
        ["Reflection.Metadata"] = new Dictionary<string, Action<string, TextWriter>> { ["read-metadata"] = MetadataReading.Run }.ToFrozenDictionary(),
        ["FASTER"] = new Dictionary<string, Action<string, TextWriter>> { ["upsert"] = StoreOperations.Upsert, ["read"] = StoreOperations.Read }.ToFrozenDictionary(),
    };

    private static readonly string[] OfFramework =
        ["xml", "uris", "code-pages", "big-numbers", "contracts", "spans", "utf-8", "json", "regex", "sorting", "compression"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TimedSubject> All { get; } =
    [
        .. OfPackages.Select(p => OfPackage(SubjectCatalog.All.Single(s => s.Name == p.Key), [.. p.Value.Keys.Order(StringComparer.Ordinal)])),
        new TimedSubject(SubjectCatalog.WholeFramework, OfFramework, SubjectCatalog.WholeFramework.Server),
    ];

    /// <summary>The works of a package, with the folder for their files.</summary>
    public static IReadOnlyDictionary<string, Action<string, TextWriter>> WorksOf(string package) => OfPackages[package];

    private static TimedSubject OfPackage(Subject subject, IReadOnlyList<string> works) => new(
        subject,
        works,
        (folder, scratch) => new ProcessStartInfo("dotnet", ["exec", typeof(TimedSubject).Assembly.Location, "serve", subject.Name, folder, scratch]));
}
