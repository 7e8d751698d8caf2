using System.CommandLine;
using MemSentry.Analysis.Options;
using MemSentry.Cli.Output;
using MemSentry.Cli.Weaving;
using MemSentry.Weaver.Inspection;

namespace MemSentry.Cli.Inspecting;

/// <summary>The command <c>explain</c>: the IL of a member before and after, and why.</summary>
internal static class ExplainCommand
{
    private static readonly Argument<string> Input = new("assembly") { Description = "The assembly (.dll or .exe), not woven yet.", Validators = { AssemblySymbols.RefuseEmptyPaths, AssemblySymbols.RefuseMisspeltOptions } };

    private static readonly Argument<string> Member = new("member")
    {
        Description = "Type::Member, with parameter types in parentheses for one overload: 'Parser::Peek(System.Byte*,System.Int64)'.",
        Validators = { AssemblySymbols.RefuseEmptyPaths, AssemblySymbols.RefuseMisspeltOptions },
    };

    private static readonly Option<string[]> References = AssemblySymbols.References();

    public static Command Create(MessageWriter messages)
    {
        IReadOnlyList<Option<string>> settings = [.. OptionCatalog.All.Select(SettingOption.Create)];
        var command = new Command("explain", "Shows the IL of a member before and after the weave, with decision and reason at each site.") { Input, Member, References };
        foreach (Option<string> setting in settings)
            command.Add(setting);
        command.SetAction(parsed => Run(parsed, settings, messages));
        return command;
    }

    private static int Run(ParseResult parsed, IReadOnlyList<Option<string>> settings, MessageWriter messages)
    {
        if (InspectionOptions.Read(parsed, settings, messages) is not { } options)
            return ExitCode.WrongCommandLine;

        string member = parsed.GetRequiredValue(Member);
        return new InspectionRun(options, parsed.GetValue(References) ?? [], messages).Print(
            [parsed.GetRequiredValue(Input)],
            (request, diagnostics) => AssemblyInspection.Explain(request, member, diagnostics),
            (reports, output) => new ExplanationText(Terminal.Create(output)).Write(reports.SelectMany(overloads => overloads)));
    }
}
