using System.Globalization;
using System.Text.Json;

namespace MemSentry.Cli.Inspecting;

/// <summary>How lists write tokens, offsets and the names of enumerations. Programs rely on it: it never changes.</summary>
internal static class Wording
{
    /// <summary>A metadata token, for example <c>0x06000012</c>.</summary>
    public static string Token(uint token) => string.Create(CultureInfo.InvariantCulture, $"0x{token:x8}");

    /// <summary>An IL offset, for example <c>IL_0007</c>.</summary>
    public static string Offset(int offset) => string.Create(CultureInfo.InvariantCulture, $"IL_{offset:x4}");

    /// <summary>A kind or decision, for example <c>not-selected</c>.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
