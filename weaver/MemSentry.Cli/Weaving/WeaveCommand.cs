using System.CommandLine;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Cli.Inputs;
using MemSentry.Cli.Output;
using MemSentry.Cli.Reporting;
using MemSentry.Cli.Running;
using MemSentry.Weaver;

namespace MemSentry.Cli.Weaving;

/// <summary>The command <c>weave</c>: its symbols, and how a parsed command line becomes a <see cref="WeaveRun"/>.</summary>
internal sealed class WeaveCommand : Command
{
    private readonly Argument<string[]> _inputs = SharedSymbols.Inputs("Assemblies to weave");

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "Where woven assemblies go: a folder, or for one input a file that ends in .dll or .exe. What was found in a folder keeps its path below it.",
        HelpName = "DIR|FILE",
        Validators = { SharedSymbols.RefuseEmptyPaths },
    };

    private readonly Option<bool> _inPlace = new("--in-place") { Description = "Replace each input by its woven form." };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Do everything but write: the result says what would happen." };

    private readonly Option<string[]> _references = SharedSymbols.References();

    private readonly Option<string?> _key = new("--key")
    {
        Description = "A strong-name key (.snk) to sign the output with.",
        HelpName = "FILE",
        Validators = { SharedSymbols.RefuseEmptyPaths },
    };

    private readonly IReadOnlyList<Option<string>> _settings = SettingOption.CreateAll();
    private readonly Option<ReportFormat> _format = SharedSymbols.Format(Enum.GetValues<ReportFormat>());
    private readonly Option<FailCondition[]> _failOn = SharedSymbols.FailOn();
    private readonly Option<int> _jobs = SharedSymbols.Jobs();
    private readonly Option<bool> _verbose = new("--verbose") { Description = "Tell also what is neither an error nor a warning, and name every file that is skipped." };
    private readonly Streams _streams;

    public WeaveCommand(Streams streams)
        : base("weave", "Adds checks to assemblies and writes them to --output, or replaces them with --in-place.")
    {
        _streams = streams;
        Arguments.Add(_inputs);
        foreach (Option option in (Option[])[_output, _inPlace, _dryRun, _references, _key, .. _settings, _format, _failOn, _jobs, _verbose])
            Options.Add(option);
        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        var diagnostics = new DiagnosticList();
        var choice = new OutputChoice(parsed.GetValue(_output), parsed.GetValue(_inPlace));
        WeaverOptions options = OptionCatalog.Parse(SettingOption.Said(parsed, _settings), diagnostics);
        SigningKey.Check(parsed.GetValue(_key), diagnostics);
        choice.Verify(diagnostics);
        var selection = InputSelection.Of(parsed.GetRequiredValue(_inputs), diagnostics);
        if (Tell(diagnostics))
            return ExitCode.WrongCommandLine;

        var work = new OrderedWork(parsed.GetValue(_jobs) is > 0 and var jobs ? jobs : Environment.ProcessorCount, _streams.Progress);
        string[] references = [.. parsed.GetValue(_references) ?? [], .. selection.ReferenceFolders];
        var found = FoundInputs.Sort(selection, references, [WeaveNeed.Needed], work);
        var refusals = new DiagnosticList();
        IReadOnlyList<WeaveItem> items = choice.Pair(found.Wanted, refusals);
        if (Tell(refusals))
            return ExitCode.WrongCommandLine;

        var run = new WeaveRun(options, references, parsed.GetValue(_key), parsed.GetValue(_dryRun), items);
        var telling = new RunTelling(Name, _streams, parsed.GetValue(_format), parsed.GetValue(_verbose), parsed.GetValue(_failOn) ?? []);
        return telling.Tell(work.Each(items, "weaving", i => i.Input.Name, run.Weave), items.Count, found.Skipped, WeaveRun.Notes);
    }

    private bool Tell(DiagnosticList diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics)
            _streams.Messages.Write(diagnostic);
        return diagnostics.HasErrors;
    }
}
