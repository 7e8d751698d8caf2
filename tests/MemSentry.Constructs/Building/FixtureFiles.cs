namespace MemSentry.Constructs.Building;

/// <summary>The fixtures' sources and the assemblies that they become.</summary>
public static class FixtureFiles
{
    /// <summary>The C# fixtures.</summary>
    public const string CSharp = "Constructs.CSharp.dll";

    /// <summary>All assemblies with fixtures.</summary>
    public static IReadOnlyList<string> All { get; } = [CSharp];

    /// <summary>Names and texts of the sources in one language.</summary>
    public static IEnumerable<(string Name, string Text)> Sources(string language, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Sources", language), pattern)
            .Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileName(path), File.ReadAllText(path)));
}
