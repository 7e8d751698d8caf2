using System.CommandLine.Parsing;

namespace MemSentry.Cli;

/// <summary>Values of enumerations as the command line writes them.</summary>
internal static class Words
{
    /// <summary>For example <c>markdown</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>The value that an option's text means, without regard to case; otherwise an error that lists the allowed ones.</summary>
    public static T Parse<T>(string option, IReadOnlyList<T> allowed, SymbolResult result)
        where T : struct, Enum => Parse(option, allowed, result.Tokens[0].Value, result);

    /// <summary>The same for one text of several.</summary>
    public static T Parse<T>(string option, IReadOnlyList<T> allowed, string text, SymbolResult result)
        where T : struct, Enum
    {
        foreach (T value in allowed)
        {
            if (Of(value).Equals(text, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        result.AddError($"{option} cannot be '{text}'; it can be {string.Join(", ", allowed.Select(Of))}.");
        return default;
    }
}
