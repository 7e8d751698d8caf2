namespace MemSentry.Analysis.Options;

/// <summary>The text of the option <c>DomainMethods</c>: <c>keys:crypt,tables:mprotect</c>.</summary>
internal static class DomainMethodList
{
    /// <summary>The domain of everything that names none; its method is the option <c>ProtMethod</c>.</summary>
    private const string DefaultDomain = "default";

    private static readonly Dictionary<string, ProtectionMethod> Methods = Enum.GetValues<ProtectionMethod>().Where(m => m.IsDomainBased())
        .ToDictionary(m => m.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong with a text, as the end of a sentence; <see langword="null"/> if nothing is.</summary>
    public static string? FindMistake(string text)
    {
        string[][] pairs = Split(text);
        return pairs.Select(FindMistake).FirstOrDefault(m => m is not null)
            ?? pairs.GroupBy(p => p[0], StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"it names the domain '{g.Key}' twice").FirstOrDefault();
    }

    /// <summary>Reads a text in which nothing is wrong, in order of the names.</summary>
    public static IReadOnlyList<DomainMethod> Parse(string text) =>
        [.. Split(text).Select(p => new DomainMethod(p[0], Methods[p[1]])).OrderBy(d => d.Domain, StringComparer.Ordinal)];

    /// <summary>The canonical text.</summary>
    public static string ToText(IReadOnlyList<DomainMethod> methods) =>
        string.Join(",", methods.Select(d => $"{d.Domain}:{d.Method.ToString().ToLowerInvariant()}"));

    private static string? FindMistake(string[] pair) => pair switch
    {
        not [{ Length: > 0 }, _] => "each of its parts is a domain and a method, as keys:crypt",
        [DefaultDomain, _] => $"the method of the domain '{DefaultDomain}' is the option ProtMethod",
        [_, var method] when !Methods.ContainsKey(method) => $"'{method}' is no method that opens domains; those are mpk, mprotect and crypt",
        _ => null,
    };

    private static string[][] Split(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split(':', StringSplitOptions.TrimEntries))];
}
