using MemSentry.Weaver.Inspection;

namespace MemSentry.Cli.Inspecting;

/// <summary>Whitelists as JSON.</summary>
internal static class TrustJson
{
    public static void Write(IReadOnlyList<TrustReport> reports, TextWriter output) => JsonDocumentWriter.Write(
        "memsentry-whitelist",
        reports.Select(r => (
            new JsonAssembly(r.Assembly, r.Mvid, r.Settings),
            new (string, IEnumerable<object>)[]
            {
                ("members", r.Members.Select(JsonTrustedMember.Of)),
                ("markedAccesses", r.MarkedAccesses.Select(JsonSite.Of)),
            })),
        output);
}
