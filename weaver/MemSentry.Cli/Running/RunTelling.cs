using MemSentry.Analysis.Diagnostics;
using MemSentry.Cli.Inputs;
using MemSentry.Cli.Output;
using MemSentry.Cli.Reporting;

namespace MemSentry.Cli.Running;

/// <summary>Tells the user about a run while it goes on: messages to standard error, results to standard output, both in the order of the inputs.</summary>
/// <param name="command">The command.</param>
/// <param name="streams">Where to.</param>
/// <param name="format">How.</param>
/// <param name="verbose">Whether to tell what is neither an error nor a warning.</param>
/// <param name="conditions">What the exit code is to say.</param>
internal sealed class RunTelling(string command, Streams streams, ReportFormat format, bool verbose, IReadOnlyList<FailCondition> conditions)
{
    /// <summary>Tells of one input after the other, then of the whole.</summary>
    /// <param name="outcomes">What became of each.</param>
    /// <param name="inputs">How many there are.</param>
    /// <param name="skipped">What was left alone.</param>
    /// <param name="notes">What there is to say at the end.</param>
    /// <returns>The exit code of the process.</returns>
    public int Tell(IEnumerable<InputOutcome> outcomes, int inputs, IReadOnlyList<SkippedInput> skipped, Func<IReadOnlyList<InputOutcome>, IEnumerable<string>> notes)
    {
        var done = new List<InputOutcome>();
        foreach (InputOutcome outcome in outcomes)
        {
            streams.Progress.Aside(() => Tell(outcome, inputs > 1));
            done.Add(outcome with { Messages = [.. outcome.Messages.Where(IsTold)] });
        }

        int exitCode = FailConditions.ExitCodeOf(conditions, done.Select(o => o.ExitCode).DefaultIfEmpty().Max(), done.SelectMany(o => o.Messages));
        if (format == ReportFormat.Table)
            End(done, skipped, notes);
        else
            new RunReport(command, done, skipped, exitCode).Write(format, Console.Out);
        return exitCode;
    }

    private void Tell(InputOutcome outcome, bool isOneOfSeveral)
    {
        foreach (ReportMessage message in outcome.Messages.Where(IsTold))
            streams.Messages.Write(isOneOfSeveral ? message.LineFor(outcome.Input.Relative) : message.Line, message.Severity);
        if (format == ReportFormat.Table && outcome.Summary is { } summary)
            streams.Results.Write(summary);
        if (format == ReportFormat.Table && verbose && outcome.Passes.Count > 0)
            streams.Results.Write($"{outcome.Input.Relative}: left without a check of their own by {string.Join(", ", outcome.Passes.Select(p => $"{p.Key} {p.Value}"))}");
    }

    private void End(List<InputOutcome> done, IReadOnlyList<SkippedInput> skipped, Func<IReadOnlyList<InputOutcome>, IEnumerable<string>> notes)
    {
        if (verbose)
        {
            foreach (SkippedInput file in skipped)
                streams.Results.Write($"{file.Input.Relative}: skipped, {SkippedText.Of(file.Reason)}");
        }

        if (skipped.Count > 0)
            streams.Results.Write(SkippedText.Summary(skipped));
        foreach (string note in notes(done))
            streams.Results.Write(note);
    }

    private bool IsTold(ReportMessage message) => verbose || message.Severity != DiagnosticSeverity.Info;
}
