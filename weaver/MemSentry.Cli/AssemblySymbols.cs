using System.CommandLine;
using System.CommandLine.Parsing;

namespace MemSentry.Cli;

/// <summary>Arguments and options that several commands share.</summary>
internal static class AssemblySymbols
{
    /// <summary>One or more assemblies.</summary>
    public static Argument<string[]> Inputs(string description) => new("inputs")
    {
        Description = description,
        Arity = ArgumentArity.OneOrMore,
        Validators = { RefuseEmptyPaths, RefuseMisspeltOptions },
    };

    /// <summary>Folders with referenced assemblies.</summary>
    public static Option<string[]> References() => new("--reference", "-r")
    {
        Description = "A folder with referenced assemblies, looked into after the input's own folder; can be repeated.",
        HelpName = "DIR",
        Validators = { RefuseMissingFolders },
    };

    /// <summary>What a script passes when its variable is not set.</summary>
    public static void RefuseEmptyPaths(SymbolResult paths)
    {
        if (paths.Tokens.Any(t => t.Value.Length == 0))
            paths.AddError("A path is empty.");
    }

    /// <summary>The parser takes whatever is no option for an input, a misspelt option too.</summary>
    public static void RefuseMisspeltOptions(ArgumentResult inputs)
    {
        foreach (Token token in inputs.Tokens.Where(t => t.Value.StartsWith('-')))
            inputs.AddError($"There is no option '{token.Value}'.");
    }

    private static void RefuseMissingFolders(OptionResult references)
    {
        foreach (Token token in references.Tokens.Where(t => !Directory.Exists(t.Value)))
            references.AddError($"The folder '{token.Value}' of --reference does not exist.");
    }
}
