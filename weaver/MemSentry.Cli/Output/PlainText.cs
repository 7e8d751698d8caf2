namespace MemSentry.Cli.Output;

/// <summary>Text that stays on its line and gives a terminal no orders, whatever names an assembly brings along.</summary>
internal static class PlainText
{
    /// <summary>The text, with a visible stand-in for each control character.</summary>
    public static string Of(string text) => text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 && !text.Any(char.IsControl)
        ? text
        : string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()));
}
