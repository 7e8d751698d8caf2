using System.CommandLine;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Cli.Inputs;
using MemSentry.Cli.Output;
using MemSentry.Cli.Reporting;
using MemSentry.Cli.Running;
using MemSentry.Cli.Weaving;
using MemSentry.Weaver.Inspection;

namespace MemSentry.Cli.Inspecting;

/// <summary>The command <c>explain</c>: the IL of a member before and after, and why.</summary>
internal sealed class ExplainCommand : Command
{
    private readonly Argument<string> _input = new("assembly")
    {
        Description = "The assembly (.dll or .exe), not woven yet.",
        Validators = { SharedSymbols.RefuseEmptyPaths, SharedSymbols.RefuseMisspeltOptions },
    };

    private readonly Argument<string> _member = new("member")
    {
        Description = "Type::Member, with parameter types in parentheses for one overload: 'Parser::Peek(System.Byte*,System.Int64)'.",
        Validators = { SharedSymbols.RefuseEmptyPaths, SharedSymbols.RefuseMisspeltOptions },
    };

    private readonly Option<ReportFormat> _format = SharedSymbols.Format(ReportFormat.Table, ReportFormat.Json);
    private readonly Option<string[]> _references = SharedSymbols.References();
    private readonly IReadOnlyList<Option<string>> _settings = SettingOption.CreateAll();
    private readonly Streams _streams;

    public ExplainCommand(Streams streams)
        : base("explain", "Shows the IL of a member before and after the weave, with decision and reason at each site.")
    {
        _streams = streams;
        Arguments.Add(_input);
        Arguments.Add(_member);
        foreach (Option option in (Option[])[_format, _references, .. _settings])
            Options.Add(option);
        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        var diagnostics = new DiagnosticList();
        WeaverOptions options = OptionCatalog.Parse(SettingOption.Said(parsed, _settings), diagnostics);
        foreach (Diagnostic diagnostic in diagnostics)
            _streams.Messages.Write(diagnostic);
        if (diagnostics.HasErrors)
            return ExitCode.WrongCommandLine;

        string file = parsed.GetRequiredValue(_input);
        string member = parsed.GetRequiredValue(_member);
        var run = new InspectionRun(options, parsed.GetValue(_references) ?? [], _streams, new OrderedWork(1, _streams.Progress));
        Inspected<IReadOnlyList<MemberExplanation>> explained = run.Inspect(
            [new SelectedInput(Path.GetFullPath(file), Path.GetFileName(file), IsNamed: true)],
            (request, found) => AssemblyInspection.Explain(request, member, found)).Single();
        if (explained.Report is { } overloads)
            Write(overloads, parsed.GetValue(_format));
        Console.Out.Flush();
        return explained.ExitCode;
    }

    private static void Write(IReadOnlyList<MemberExplanation> overloads, ReportFormat format)
    {
        if (format == ReportFormat.Json)
            JsonDocumentWriter.Write("memsentry-explanation", "members", overloads.Select(JsonExplanation.Of), Console.Out);
        else
            new ExplanationText(Terminal.Create(Console.Out)).Write(overloads);
    }
}
