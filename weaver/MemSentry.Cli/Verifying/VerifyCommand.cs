using System.CommandLine;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Cli.Inputs;
using MemSentry.Cli.Output;
using MemSentry.Cli.Reporting;
using MemSentry.Cli.Running;
using MemSentry.Weaver;

namespace MemSentry.Cli.Verifying;

/// <summary>The command <c>verify</c>: proves woven assemblies, independently of how they were woven.</summary>
internal sealed class VerifyCommand : Command
{
    private readonly Argument<string[]> _inputs = SharedSymbols.Inputs("Woven assemblies to verify");

    private readonly Option<string?> _whitelist = new("--whitelist")
    {
        Description = "Whom you trust: the member and access lines of a trust list. Whom the assembly trusts besides is an error.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _references = SharedSymbols.References();
    private readonly Option<bool> _all = new("--all") { Description = "Report everything that is not proven, not only the first of each assembly." };
    private readonly Option<ReportFormat> _format = SharedSymbols.Format(Enum.GetValues<ReportFormat>());
    private readonly Option<int> _jobs = SharedSymbols.Jobs();
    private readonly Option<bool> _verbose = new("--verbose") { Description = "Name every file that is skipped." };
    private readonly Streams _streams;

    public VerifyCommand(Streams streams)
        : base("verify", "Proves that woven assemblies cover their raw-memory accesses, or names the first that is not covered.")
    {
        _streams = streams;
        Arguments.Add(_inputs);
        foreach (Option option in (Option[])[_whitelist, _references, _all, _format, _jobs, _verbose])
            Options.Add(option);
        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        var diagnostics = new DiagnosticList();
        var selection = InputSelection.Of(parsed.GetRequiredValue(_inputs), diagnostics);
        foreach (Diagnostic diagnostic in diagnostics)
            _streams.Messages.Write(diagnostic);
        if (diagnostics.HasErrors)
            return ExitCode.WrongCommandLine;

        var work = new OrderedWork(parsed.GetValue(_jobs) is > 0 and var jobs ? jobs : Environment.ProcessorCount, _streams.Progress);
        string[] references = [.. parsed.GetValue(_references) ?? [], .. selection.ReferenceFolders];

        // What ought to be woven and is not is rejected, not skipped.
        var found = FoundInputs.Sort(selection, references, [WeaveNeed.Woven, WeaveNeed.Needed], work);
        var run = new VerifyRun(references, parsed.GetValue(_whitelist), parsed.GetValue(_all));
        var telling = new RunTelling(Name, _streams, parsed.GetValue(_format), parsed.GetValue(_verbose), []);
        return telling.Tell(work.Each(found.Wanted, "verifying", i => i.Name, run.Verify), found.Wanted.Count, found.Skipped, _ => []);
    }
}
