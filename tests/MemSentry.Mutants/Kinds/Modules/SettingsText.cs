using System.Text.RegularExpressions;

namespace MemSentry.Mutants.Kinds.Modules;

/// <summary>The text of a module's settings.</summary>
internal static class SettingsText
{
    /// <summary>The same settings with another value for one of them.</summary>
    public static string With(string settings, string name, string value) => Regex.Replace(settings, $"(?<=(^|;){name}=)[^;]*", value);
}
