using System.Text.RegularExpressions;

namespace MemSentry.Packages.Tests.Infrastructure;

/// <summary>A command to enter.</summary>
/// <param name="Command">As the document has it.</param>
/// <param name="Prints">The lines that it prints; <c>…</c> stands for any text, and alone on a line for any lines.</param>
internal sealed record CommandStep(string Command, IReadOnlyList<string> Prints) : TranscriptStep
{
    /// <summary>The folder that the command changes to, if that is what it does.</summary>
    public string? Folder => Command.StartsWith("cd ", StringComparison.Ordinal) ? Command[3..] : null;

    public bool IsAnsweredBy(string output) =>
        Regex.IsMatch(output.ReplaceLineEndings("\n").TrimEnd('\n'), $"^{string.Join("\n", Prints.Select(Pattern))}$", RegexOptions.Singleline);

    private static string Pattern(string line) => line == "…" ? ".*" : Regex.Escape(line).Replace("…", "[^\n]*", StringComparison.Ordinal);
}
