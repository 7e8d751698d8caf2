using MemSentry.Attacks.Building;

namespace MemSentry.Constructs.Building;

/// <summary>The fixtures' sources and the assemblies that they become.</summary>
public static class FixtureFiles
{
    private const string FSharpCore = "FSharp.Core.dll";

    private static readonly Dictionary<string, Action<BuildConfiguration, string>> Compilers = new()
    {
        ["Constructs.CSharp.dll"] = (configuration, output) => CSharpFixtures.Compile(configuration, Sources("CSharp", "*.cs"), output),
        ["Constructs.VisualBasic.dll"] = (configuration, output) => VisualBasicFixtures.Compile(configuration, Sources("VisualBasic", "*.vb"), output),
        ["Constructs.Il.dll"] = (configuration, output) => IlFixtures.Assemble(configuration, Paths("Il", "*.il").OrderBy(path => Path.GetFileName(path) != "Prelude.il"), output),
        ["Constructs.FSharp.dll"] = (configuration, output) => File.Copy(FSharp(configuration, Path.GetFileName(output)), output),
    };

    /// <summary>All assemblies with fixtures.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Compilers.Keys];

    /// <summary>Compiles all of them.</summary>
    /// <exception cref="InvalidOperationException">They do not compile.</exception>
    public static void Compile(BuildConfiguration configuration, string folder)
    {
        foreach ((string file, Action<BuildConfiguration, string> compile) in Compilers)
            compile(configuration, Path.Combine(folder, file));
    }

    /// <summary>Puts what the fixtures need beside them, and is never woven, into their folder.</summary>
    public static void CopyLibraries(BuildConfiguration configuration, string folder) =>
        File.Copy(FSharp(configuration, FSharpCore), Path.Combine(folder, FSharpCore));

    private static IEnumerable<(string Name, string Text)> Sources(string language, string pattern) =>
        Paths(language, pattern).Select(path => (Path.GetFileName(path), File.ReadAllText(path)));

    private static IEnumerable<string> Paths(string language, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Sources", language), pattern).Order(StringComparer.Ordinal);

    private static string FSharp(BuildConfiguration configuration, string file) => Path.Combine(AppContext.BaseDirectory, "FSharp", configuration.ToString(), file);
}
