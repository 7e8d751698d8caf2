using System.CommandLine;
using System.CommandLine.Parsing;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Cli.Output;

namespace MemSentry.Cli.Weaving;

/// <summary>The command <c>weave</c>: its symbols, and how a parsed command line becomes a <see cref="WeaveRun"/>.</summary>
internal static class WeaveCommand
{
    private static readonly Argument<string[]> Inputs = new("inputs")
    {
        Description = "Assemblies to weave (.dll or .exe).",
        Arity = ArgumentArity.OneOrMore,

        Validators = { RefuseEmptyPaths, RefuseMisspeltOptions },
    };

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "Where woven assemblies go: a folder, or for one input a file that ends in .dll or .exe.",
        HelpName = "DIR|FILE",
        Validators = { RefuseEmptyPaths },
    };

    private static readonly Option<bool> InPlace = new("--in-place") { Description = "Replace each input by its woven form." };

    private static readonly Option<string[]> References = new("--reference", "-r")
    {
        Description = "A folder with referenced assemblies, looked into after the input's own folder; can be repeated.",
        HelpName = "DIR",
        Validators = { RefuseMissingFolders },
    };

    private static readonly Option<string?> Key = new("--key")
    {
        Description = "A strong-name key (.snk) to sign the output with.",
        HelpName = "FILE",
        Validators = { RefuseEmptyPaths },
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

    // What a script passes when its variable is not set.
    private static void RefuseEmptyPaths(SymbolResult paths)
    {
        if (paths.Tokens.Any(t => t.Value.Length == 0))
            paths.AddError("A path is empty.");
    }

    // The parser takes whatever is no option for an input, a misspelt option too.
    private static void RefuseMisspeltOptions(ArgumentResult inputs)
    {
        foreach (Token token in inputs.Tokens.Where(t => t.Value.StartsWith('-')))
            inputs.AddError($"There is no option '{token.Value}'.");
    }

    private static void RefuseMissingFolders(OptionResult references)
    {
        foreach (Token token in references.Tokens.Where(t => !Directory.Exists(t.Value)))
            references.AddError($"The folder '{token.Value}' of --reference does not exist.");
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
