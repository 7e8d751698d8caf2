using MemSentry.Cli.Reporting;
using MemSentry.Weaver.Inspection;

namespace MemSentry.Cli.Inspecting;

/// <summary>Sites as Markdown: a table for each assembly.</summary>
internal static class SiteMarkdown
{
    public static void Write(IReadOnlyList<SiteReport> reports, TextWriter output)
    {
        foreach (SiteReport report in reports)
        {
            output.WriteLine($"## {MarkdownTable.Code(report.Assembly)}\n\n{MarkdownTable.Code(report.Settings)}: {SiteTable.Counts(report)}\n");
            if (report.Sites.Count > 0)
                MarkdownTable.Write(SiteTable.Head, report.Sites.Select(s => (string[])[.. SiteTable.Row(s)[..^1], MarkdownTable.Code(s.Member)]), output);
            output.WriteLine();
        }
    }
}
