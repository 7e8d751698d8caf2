using System.CommandLine;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Cli.Inputs;
using MemSentry.Cli.Output;
using MemSentry.Cli.Reporting;
using MemSentry.Cli.Reporting.Sarif;
using MemSentry.Cli.Running;
using MemSentry.Cli.Weaving;
using MemSentry.Weaver;
using MemSentry.Weaver.Inspection;

namespace MemSentry.Cli.Inspecting;

/// <summary>The command <c>list</c>: what a weave would find and decide, and whom it would trust. Changes nothing.</summary>
internal sealed class ListCommand : Command
{
    private readonly Argument<string[]> _inputs = SharedSymbols.Inputs("Assemblies to look at, not woven yet");

    private readonly Option<bool> _whitelist = new("--whitelist")
    {
        Description = "List whitelisted members, their size and who calls them, and marked accesses, instead of access sites.",
    };

    private readonly Option<ReportFormat> _format = SharedSymbols.Format(Enum.GetValues<ReportFormat>());
    private readonly Option<string[]> _references = SharedSymbols.References();
    private readonly IReadOnlyList<Option<string>> _settings = SettingOption.CreateAll();
    private readonly Option<FailCondition[]> _failOn = SharedSymbols.FailOn();
    private readonly Option<int> _jobs = SharedSymbols.Jobs();
    private readonly Streams _streams;

    public ListCommand(Streams streams)
        : base("list", "Lists the access sites of assemblies with what a weave would do about each, or whom it would trust.")
    {
        _streams = streams;
        Arguments.Add(_inputs);
        foreach (Option option in (Option[])[_whitelist, _format, _references, .. _settings, _failOn, _jobs])
            Options.Add(option);
        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        var diagnostics = new DiagnosticList();
        WeaverOptions options = OptionCatalog.Parse(SettingOption.Said(parsed, _settings), diagnostics);
        var selection = InputSelection.Of(parsed.GetRequiredValue(_inputs), diagnostics);
        foreach (Diagnostic diagnostic in diagnostics)
            _streams.Messages.Write(diagnostic);
        if (diagnostics.HasErrors)
            return ExitCode.WrongCommandLine;

        var work = new OrderedWork(parsed.GetValue(_jobs) is > 0 and var jobs ? jobs : Environment.ProcessorCount, _streams.Progress);
        string[] references = [.. parsed.GetValue(_references) ?? [], .. selection.ReferenceFolders];
        var found = FoundInputs.Sort(selection, references, [WeaveNeed.Needed], work);
        var run = new InspectionRun(options, references, _streams, work);
        return parsed.GetValue(_whitelist)
            ? Write(run.Inspect(found.Wanted, AssemblyInspection.Trust), ListWriters.Trust, parsed, found)
            : Write(run.Inspect(found.Wanted, AssemblyInspection.Sites), ListWriters.Sites, parsed, found);
    }

    private int Write<T>(IReadOnlyList<Inspected<T>> all, ListWriters<T> writers, ParseResult parsed, FoundInputs found)
        where T : class
    {
        int exitCode = FailConditions.ExitCodeOf(
            parsed.GetValue(_failOn) ?? [], all.Select(i => i.ExitCode).DefaultIfEmpty().Max(), all.SelectMany(i => i.Messages));
        ReportFormat format = parsed.GetValue(_format);
        IReadOnlyList<T> reports = [.. all.Select(i => i.Report).OfType<T>()];

        // With a format for programs, one reads on the other side: it gets one whole document, whatever failed.
        switch (format)
        {
            case ReportFormat.Json:
                writers.Json(reports, Console.Out);
                break;
            case ReportFormat.Markdown:
                writers.Markdown(reports, Console.Out);
                break;
            case ReportFormat.Sarif:
                SarifDocument.Write(
                    all.SelectMany(i => i.Messages.Select(m => SarifResults.Of(m, i.Input.File)).Concat(i.Report is null ? [] : writers.Sarif(i.Report, i.Input.File))),
                    exitCode,
                    Console.Out);
                break;
            default:
                writers.Table(reports, Console.Out);
                if (found.Skipped.Count > 0)
                    Console.Out.WriteLine(SkippedText.Summary(found.Skipped));
                break;
        }

        Console.Out.Flush();
        return exitCode;
    }
}
