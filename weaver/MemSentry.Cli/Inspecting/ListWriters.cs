using MemSentry.Cli.Reporting.Sarif;
using MemSentry.Weaver.Inspection;

namespace MemSentry.Cli.Inspecting;

/// <summary>How one kind of list is written, format by format.</summary>
internal sealed record ListWriters<T>(
    Action<IReadOnlyList<T>, TextWriter> Table,
    Action<IReadOnlyList<T>, TextWriter> Json,
    Action<IReadOnlyList<T>, TextWriter> Markdown,
    Func<T, string, IEnumerable<SarifResult>> Sarif);

/// <summary>The kinds of lists.</summary>
internal static class ListWriters
{
    /// <summary>Access sites.</summary>
    public static ListWriters<SiteReport> Sites { get; } = new(SiteTable.Write, SiteJson.Write, SiteMarkdown.Write, SarifResults.Of);

    /// <summary>Whitelists.</summary>
    public static ListWriters<TrustReport> Trust { get; } = new(TrustTable.Write, TrustJson.Write, TrustMarkdown.Write, SarifResults.Of);
}
