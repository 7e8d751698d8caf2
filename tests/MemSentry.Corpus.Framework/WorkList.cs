using MemSentry.Corpus.Framework.Workloads;
using MemSentry.Corpus.Workloads;

namespace MemSentry.Corpus.Framework;

/// <summary>What the program does, by name.</summary>
internal static class WorkList
{
    /// <summary>What uses the assemblies that the corpus weaves.</summary>
    public static IReadOnlyDictionary<string, Action<TextWriter>> Checked { get; } = new Dictionary<string, Action<TextWriter>>
    {
        ["metadata"] = MetadataWorkload.Run,
        ["xml"] = XmlWorkload.Run,
        ["uris"] = UriWorkload.Run,
        ["code-pages"] = CodePageWorkload.Run,
        ["big-numbers"] = NumericsWorkload.Run,
        ["contracts"] = ContractWorkload.Run,
    };

    /// <summary>
    /// What is timed: also what is common in programs, with pointers in it or not; but not <c>metadata</c>, whose input are assemblies that are woven for the others.
    /// </summary>
    public static IReadOnlyDictionary<string, Action<TextWriter>> Timed { get; } = new Dictionary<string, Action<TextWriter>>(Checked.Where(w => w.Key != "metadata"))
    {
        ["spans"] = SpanWorkload.Run,
        ["utf-8"] = Utf8Workload.Run,
        ["json"] = JsonWorkload.Run,
        ["regex"] = RegexWorkload.Run,
        ["sorting"] = SortWorkload.Run,
        ["compression"] = CompressionWorkload.Run,
    };
}
