using System.Text.RegularExpressions;
using MemSentry.Robustness.Running;

namespace MemSentry.Robustness.Judging;

/// <summary>What every command owes: a documented exit code, and for a refusal a sentence with a code on a line; never a stack trace, never a defect.</summary>
internal static partial class Sentence
{
    /// <summary>What is wrong with a result, or null.</summary>
    public static string? Judge(CommandResult result)
    {
        string[] errors = result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (result.ExitCode is not (0 or 1 or 2))
            return $"exit code {result.ExitCode}: {errors.FirstOrDefault()}";
        if (errors.FirstOrDefault(e => !Coded().IsMatch(e)) is { } uncoded)
            return $"a line without a code: {uncoded}";
        if ((result.ExitCode == 0) == errors.Any(e => e.Contains("error MS", StringComparison.Ordinal)))
            return $"exit code {result.ExitCode} does not go with what was said: {errors.FirstOrDefault()}";
        return Trace().IsMatch(result.Errors) || Trace().IsMatch(result.Output) ? "a stack trace" : null;
    }

    [GeneratedRegex(@"(error|warning) MS\d{4}: .*[.]$")]
    private static partial Regex Coded();

    [GeneratedRegex(@"^ +at [\w.`]+\(", RegexOptions.Multiline)]
    private static partial Regex Trace();
}
