namespace MemSentry.Cli.Reporting;

/// <summary>A table as GitHub and others show it.</summary>
internal static class MarkdownTable
{
    /// <summary>Writes head and rows.</summary>
    public static void Write(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows, TextWriter output)
    {
        output.WriteLine($"| {string.Join(" | ", head)} |");
        output.WriteLine($"|{string.Concat(head.Select(_ => "---|"))}");
        foreach (IReadOnlyList<string> row in rows)
            output.WriteLine($"| {string.Join(" | ", row)} |");
    }

    /// <summary>Text as it is: no mark-up in it counts.</summary>
    public static string Text(string text) => string.Concat(text.Select(c => c is '|' or '\\' or '`' or '*' or '_' or '<' or '>' or '[' or ']' or '#' ? $"\\{c}" : char.IsControl(c) ? " " : c.ToString()));

    /// <summary>Text as code. A vertical bar would end the cell even there.</summary>
    public static string Code(string text) => text.Length == 0 ? "" : text.Contains('`', StringComparison.Ordinal) ? $"`` {Bars(text)} ``" : $"`{Bars(text)}`";

    private static string Bars(string text) => string.Concat(text.Select(c => c == '|' ? "\\|" : char.IsControl(c) ? " " : c.ToString()));
}
