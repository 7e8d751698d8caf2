using System.Text.RegularExpressions;

namespace MemSentry.Attacks.Building;

/// <summary>
/// The fixture files and a whitelisted copy of each: the same text in another namespace, every marked member with
/// <c>[SafeRegionAccess]</c> in front. A row and its whitelisted twin so differ in nothing but the attribute.
/// </summary>
public static partial class FixtureSources
{
    private const string VulnerableNamespace = "MemSentry.Attacks.Fixtures";
    private const string WhitelistedNamespace = "MemSentry.Attacks.Whitelisted";

    private static string Root => Path.Combine(AppContext.BaseDirectory, "Fixtures");

    /// <summary>File name and text of all C# sources, copies included.</summary>
    public static IEnumerable<(string Name, string Text)> CSharp(bool withCopies = true) => Files("CSharp", "*.cs", withCopies ? WhitelistCSharp : null);

    /// <summary>File name and text of all IL sources, copies included; the prelude first.</summary>
    public static IEnumerable<(string Name, string Text)> Il(bool withCopies = true) =>
        Files("Il", "*.il", withCopies ? WhitelistIl : null).OrderBy(file => file.Name != "Prelude.il").ThenBy(file => file.Name, StringComparer.Ordinal);

    private static IEnumerable<(string Name, string Text)> Files(string folder, string pattern, Func<string, string>? whitelist)
    {
        foreach (string path in Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path);
            string text = File.ReadAllText(path);
            yield return (name, text);
            if (whitelist is not null && text.Contains(VulnerableNamespace, StringComparison.Ordinal))
                yield return ("Whitelisted." + name, whitelist(text.Replace(VulnerableNamespace, WhitelistedNamespace, StringComparison.Ordinal)));
        }
    }

    private static string WhitelistCSharp(string text) => CSharpMark().Replace(text, "[MemSentry.SafeRegionAccess, ");

    private static string WhitelistIl(string text) => IlMark().Replace(text, ".custom SafeRegionAccess\n    $0");

    [GeneratedRegex(@"\[(?=(Load|Store|Conversion|Escape)Attack\(|Accomplice\b)")]
    private static partial Regex CSharpMark();

    [GeneratedRegex(@"\.custom ((Load|Store|Conversion|Escape)Attack|Accomplice)\b")]
    private static partial Regex IlMark();
}
