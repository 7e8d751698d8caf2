using MemSentry.Cli.Output;

namespace MemSentry.Cli.Inspecting;

/// <summary>Prints rows as columns that are as wide as they need to be. The last column is never padded, and no line is ever wrapped.</summary>
internal static class Columns
{
    private const string Gap = "  ";

    public static void Write(IReadOnlyList<string[]> rows, TextWriter output)
    {
        int[] widths = [.. Enumerable.Range(0, rows.Max(r => r.Length)).Select(c => rows.Max(r => c < r.Length ? r[c].Length : 0))];
        foreach (string[] row in rows)
            output.WriteLine(PlainText.Of(string.Join(Gap, row.Select((cell, c) => c == row.Length - 1 ? cell : cell.PadRight(widths[c])))));
    }
}
