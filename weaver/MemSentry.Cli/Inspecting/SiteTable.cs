using MemSentry.Weaver.Inspection;

namespace MemSentry.Cli.Inspecting;

/// <summary>Sites in columns: one line a site, the member last, and how many of each decision.</summary>
internal static class SiteTable
{
    /// <summary>The names of the columns.</summary>
    public static IReadOnlyList<string> Head { get; } = ["offset", "opcode", "kind", "operand", "decision", "reason", "member"];

    public static void Write(IReadOnlyList<SiteReport> reports, TextWriter output)
    {
        foreach (SiteReport report in reports)
        {
            output.WriteLine($"{report.Assembly} ({report.Settings})");
            if (report.Sites.Count > 0)
                Columns.Write([[.. Head], .. report.Sites.Select(Row)], output);
            output.WriteLine($"{report.Assembly}: {Counts(report)}");
        }
    }

    /// <summary>One site; the member stands in the last column.</summary>
    public static string[] Row(AccessSite site) =>
    [
        Wording.Offset(site.Offset), site.Opcode, Wording.Name(site.Kind), $"{site.Operand}", Wording.Name(site.Decision), Wording.Name(site.Reason), site.Member,
    ];

    /// <summary>For example <c>3 sites, 1 checked, 2 proven</c>.</summary>
    public static string Counts(SiteReport report) => string.Join(", ",
        report.Sites.CountBy(s => s.Decision).OrderBy(c => c.Key).Select(c => $"{c.Value} {Wording.Name(c.Key)}").Prepend($"{report.Sites.Count} sites"));
}
