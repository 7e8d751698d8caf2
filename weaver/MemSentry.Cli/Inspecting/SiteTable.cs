using MemSentry.Weaver.Inspection;

namespace MemSentry.Cli.Inspecting;

/// <summary>Sites in columns: one line a site, the member last, and how many of each decision.</summary>
internal static class SiteTable
{
    private static readonly string[] Head = ["offset", "opcode", "kind", "operand", "decision", "reason", "member"];

    public static void Write(IReadOnlyList<SiteReport> reports, TextWriter output)
    {
        foreach (SiteReport report in reports)
        {
            output.WriteLine($"{report.Assembly} ({report.Settings})");
            if (report.Sites.Count > 0)
                Columns.Write([Head, .. report.Sites.Select(Row)], output);
            output.WriteLine(Summary(report));
        }
    }

    private static string[] Row(AccessSite site) =>
    [
        Wording.Offset(site.Offset), site.Opcode, Wording.Name(site.Kind), $"{site.Operand}", Wording.Name(site.Decision), Wording.Name(site.Reason), site.Member,
    ];

    private static string Summary(SiteReport report)
    {
        string decisions = string.Join(", ", report.Sites.CountBy(s => s.Decision).OrderBy(c => c.Key).Select(c => $"{c.Value} {Wording.Name(c.Key)}"));
        return $"{report.Assembly}: {report.Sites.Count} sites{(decisions.Length == 0 ? "" : $", {decisions}")}";
    }
}
