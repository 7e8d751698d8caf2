using System.CommandLine;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Cli.Output;

namespace MemSentry.Cli.Weaving;

/// <summary>The command <c>weave</c>: its symbols, and how a parsed command line becomes a <see cref="WeaveRun"/>.</summary>
internal static class WeaveCommand
{
    private static readonly Argument<string[]> Inputs = AssemblySymbols.Inputs("Assemblies to weave (.dll or .exe).");

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "Where woven assemblies go: a folder, or for one input a file that ends in .dll or .exe.",
        HelpName = "DIR|FILE",
        Validators = { AssemblySymbols.RefuseEmptyPaths },
    };

    private static readonly Option<bool> InPlace = new("--in-place") { Description = "Replace each input by its woven form." };

    private static readonly Option<string[]> References = AssemblySymbols.References();

    private static readonly Option<string?> Key = new("--key")
    {
        Description = "A strong-name key (.snk) to sign the output with.",
        HelpName = "FILE",
        Validators = { AssemblySymbols.RefuseEmptyPaths },
    };

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Tell also what is neither an error nor a warning." };

    public static Command Create(MessageWriter messages)
    {
        IReadOnlyList<Option<string>> settings = [.. OptionCatalog.All.Select(SettingOption.Create)];
        var command = new Command("weave", "Adds checks to assemblies and writes them to --output, or replaces them with --in-place.") { Inputs, Output, InPlace, References, Key };
        foreach (Option<string> setting in settings)
            command.Add(setting);
        command.Add(Verbose);
        command.SetAction(parsed => Run(parsed, settings, messages));
        return command;
    }

    private static int Run(ParseResult parsed, IReadOnlyList<Option<string>> settings, MessageWriter messages)
    {
        var diagnostics = new DiagnosticList();
        WeaverOptions options = OptionCatalog.Parse(SettingOption.Said(parsed, settings), diagnostics);
        IReadOnlyList<WeaveItem> items = OutputChoice.Choose(
            parsed.GetRequiredValue(Inputs), parsed.GetValue(Output), parsed.GetValue(InPlace), diagnostics);
        if (diagnostics.HasErrors)
        {
            foreach (Diagnostic diagnostic in diagnostics)
                messages.Write(diagnostic);
            return ExitCode.WrongCommandLine;
        }

        var run = new WeaveRun(
            options, parsed.GetValue(References) ?? [], parsed.GetValue(Key), parsed.GetValue(Verbose), new MessageWriter(Console.Out), messages);
        return run.Weave(items);
    }
}
