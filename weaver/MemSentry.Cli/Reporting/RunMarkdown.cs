using MemSentry.Cli.Inputs;
using MemSentry.Cli.Inspecting;

namespace MemSentry.Cli.Reporting;

/// <summary>A run as Markdown: the inputs, what was said about them, what was skipped.</summary>
internal static class RunMarkdown
{
    public static void Write(RunReport report, TextWriter output)
    {
        string[] counted = [.. report.Outcomes.SelectMany(o => o.Counts).Select(c => c.Key).Distinct()];
        output.WriteLine($"## memsentry-weave {report.Command}\n");
        MarkdownTable.Write(
            ["assembly", "result", .. counted],
            report.Outcomes.Select(o => (string[])[MarkdownTable.Code(o.Input.Relative), Wording.Name(o.Status), .. counted.Select(name => Count(o, name))]),
            output);

        if (report.Outcomes.Any(o => o.Messages.Count > 0))
        {
            output.WriteLine();
            MarkdownTable.Write(
                ["assembly", "code", "severity", "message"],
                report.Outcomes.SelectMany(o => o.Messages.Select(m => (string[])
                    [MarkdownTable.Code(o.Input.Relative), m.Code, Wording.Name(m.Severity), $"{(m.Member is null ? "" : MarkdownTable.Code(m.Member) + ": ")}{MarkdownTable.Text(m.Text)}"])),
                output);
        }

        if (report.Skipped.Count > 0)
            output.WriteLine($"\n{MarkdownTable.Text(SkippedText.Summary(report.Skipped))}");
    }

    private static string Count(InputOutcome outcome, string name)
    {
        KeyValuePair<string, int>[] found = [.. outcome.Counts.Where(c => c.Key == name)];
        return found.Length == 0 ? "" : $"{found[0].Value}";
    }
}
