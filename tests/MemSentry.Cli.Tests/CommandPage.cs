using System.CommandLine;
using System.Text;

namespace MemSentry.Cli.Tests;

/// <summary>Writes the part of docs/cli.md that lists commands, between two marks: made from the very symbols that the parser uses.</summary>
internal static class CommandPage
{
    private const string Begin = "<!-- made from the commands themselves: -->\n";
    private const string End = "<!-- end -->\n";

    /// <summary>The page with that part made anew.</summary>
    public static string Renew(string page)
    {
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = page.IndexOf(End, StringComparison.Ordinal);
        return page[..begin] + Write(CommandLine.CreateRoot(Output.Streams.OfProcess())) + page[end..];
    }

    private static string Write(RootCommand root)
    {
        var text = new StringBuilder();
        foreach (Command command in root.Subcommands)
        {
            string arguments = string.Concat(command.Arguments.Select(a => $" {a.Name.ToUpperInvariant()}{(a.Arity.MaximumNumberOfValues > 1 ? "..." : "")}"));
            text.Append($"## `{command.Name}{arguments}`\n{command.Description}\n\n");
            foreach (Argument argument in command.Arguments)
                text.Append($"`{argument.Name.ToUpperInvariant()}`: {argument.Description}\n\n");
            text.Append("| option | |\n|---|---|\n");
            foreach (Option option in command.Options)
                text.Append($"| `{Cell(string.Join("`, `", option.Aliases.Append(option.Name).OrderByDescending(n => n.Length)))}{Cell(Value(option))}` | {Cell(option.Description!)} |\n");
            text.Append('\n');
        }

        text.Append("## Exit codes\n| code | |\n|---|---|\n");
        foreach ((int code, string meaning) in ExitCode.Meanings)
            text.Append($"| {code} | {meaning} |\n");
        return text.Append('\n').ToString();
    }

    private static string Value(Option option) => option.HelpName is { } name ? $" {name}" : "";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
