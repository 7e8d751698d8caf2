using System.CommandLine;
using System.CommandLine.Parsing;
using MemSentry.Cli.Reporting;
using MemSentry.Cli.Running;

namespace MemSentry.Cli;

/// <summary>Arguments and options that several commands share.</summary>
internal static class SharedSymbols
{
    /// <summary>One or more assemblies.</summary>
    public static Argument<string[]> Inputs(string description) => new("inputs")
    {
        Description = $"{description}: files, patterns such as 'bin/**/*.dll', and folders, in which framework, native libraries and whatever needs nothing are skipped.",
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

    /// <summary>How to print.</summary>
    /// <param name="formats">Those that the command has, the default first.</param>
    public static Option<ReportFormat> Format(params ReportFormat[] formats) => new("--format")
    {
        Description = $"How to print the result; messages go to standard error in any case. [default: {Words.Of(formats[0])}]",
        HelpName = string.Join("|", formats.Select(Words.Of)),
        CustomParser = result => Words.Parse("--format", formats, result),
    };

    /// <summary>How many inputs at a time.</summary>
    public static Option<int> Jobs() => new("--jobs", "-j")
    {
        Description = $"How many inputs are worked on at a time. [default: the number of processors]",
        HelpName = "N",
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, out int jobs) && jobs is > 0 and <= 1024)
                return jobs;

            result.AddError($"--jobs cannot be '{result.Tokens[0].Value}'; it can be a number from 1 to 1024.");
            return 0;
        },
    };

    /// <summary>What makes the exit code 4.</summary>
    public static Option<FailCondition[]> FailOn() => new("--fail-on")
    {
        Description = "Exit with 4 after a warning, or if assemblies with raw accesses stay unwoven (MS3011, MS3012). Refused inputs make it 1 in any case. Can be repeated. [default: refused]",
        HelpName = string.Join("|", Enum.GetValues<FailCondition>().Select(Words.Of)),
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => [.. result.Tokens.SelectMany(t => t.Value.Split(',')).Select(text => Words.Parse("--fail-on", Enum.GetValues<FailCondition>(), text, result))],
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
