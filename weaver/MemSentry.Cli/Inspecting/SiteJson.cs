using MemSentry.Weaver.Inspection;

namespace MemSentry.Cli.Inspecting;

/// <summary>Sites as JSON.</summary>
internal static class SiteJson
{
    public static void Write(IReadOnlyList<SiteReport> reports, TextWriter output) => JsonDocumentWriter.Write(
        "memsentry-sites",
        reports.Select(r => (
            new JsonAssembly(r.Assembly, r.Mvid, r.Settings),
            new (string, IEnumerable<object>)[] { ("sites", r.Sites.Select(JsonSite.Of)) })),
        output);
}
