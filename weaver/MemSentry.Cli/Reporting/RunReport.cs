using MemSentry.Cli.Inputs;

namespace MemSentry.Cli.Reporting;

/// <summary>What a run did: input by input, and what it left alone.</summary>
/// <param name="Command">The command.</param>
/// <param name="Outcomes">In the order of the inputs.</param>
/// <param name="Skipped">Files that were found and left alone.</param>
/// <param name="ExitCode">What the process returns.</param>
internal sealed record RunReport(string Command, IReadOnlyList<InputOutcome> Outcomes, IReadOnlyList<SkippedInput> Skipped, int ExitCode)
{
    /// <summary>Writes the whole report for a program or a page; the table for people was written line by line.</summary>
    public void Write(ReportFormat format, TextWriter output)
    {
        switch (format)
        {
            case ReportFormat.Json:
                RunJson.Write(this, output);
                break;
            case ReportFormat.Sarif:
                Sarif.SarifDocument.Write(Sarif.SarifResults.Of(Outcomes), ExitCode, output);
                break;
            case ReportFormat.Markdown:
                RunMarkdown.Write(this, output);
                break;
        }

        output.Flush();
    }
}
