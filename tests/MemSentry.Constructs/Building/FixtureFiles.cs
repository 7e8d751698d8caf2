using MemSentry.Attacks.Building;

namespace MemSentry.Constructs.Building;

/// <summary>The fixtures' sources and the assemblies that they become.</summary>
public static class FixtureFiles
{
    private const string FSharpCore = "FSharp.Core.dll";
    private const string Home = "Constructs.Home.dll";

    private static readonly Dictionary<string, Action<BuildConfiguration, string>> Compilers = new()
    {
        ["Constructs.CSharp.dll"] = (configuration, output) => CSharpFixtures.Compile(configuration, Sources("CSharp", "*.cs"), output),
        ["Constructs.VisualBasic.dll"] = (configuration, output) => VisualBasicFixtures.Compile(configuration, Sources("VisualBasic", "*.vb"), output),
        ["Constructs.Il.dll"] = (configuration, output) => IlFixtures.Assemble(configuration, Paths("Il", "*.il").OrderBy(path => Path.GetFileName(path) != "Prelude.il"), output),
        ["Constructs.FSharp.dll"] = (configuration, output) => File.Copy(FSharp(configuration, Path.GetFileName(output)), output),
        ["Constructs.Forwarding.dll"] = CompileAgainstOldLibrary,
        ["Constructs.Moved.dll"] = (configuration, output) => CSharpFixtures.Compile(configuration, [.. Sources("Forwarding", "Forwards.cs"), .. Sources("Forwarding", "Stayed.cs")], output, Beside(output, Home)),
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
    public static void AddLibraries(BuildConfiguration configuration, string folder)
    {
        File.Copy(FSharp(configuration, FSharpCore), Path.Combine(folder, FSharpCore));
        CSharpFixtures.Compile(configuration, Sources("Forwarding", "Home.cs"), Path.Combine(folder, Home));
    }

    // As after an update: the library it was compiled against still held the types that the library beside it forwards.
    private static void CompileAgainstOldLibrary(BuildConfiguration configuration, string output)
    {
        DirectoryInfo old = Directory.CreateDirectory(Beside(output, "old"));
        string library = Path.Combine(old.FullName, "Constructs.Moved.dll");
        CSharpFixtures.Compile(configuration, [.. Sources("Forwarding", "Home.cs"), .. Sources("Forwarding", "Stayed.cs")], library);
        CSharpFixtures.Compile(configuration, Sources("Forwarding", "User.cs"), output, library);
    }

    private static string Beside(string output, string file) => Path.Combine(Path.GetDirectoryName(output)!, file);

    private static IEnumerable<(string Name, string Text)> Sources(string language, string pattern) =>
        Paths(language, pattern).Select(path => (Path.GetFileName(path), File.ReadAllText(path)));

    private static IEnumerable<string> Paths(string language, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Sources", language), pattern).Order(StringComparer.Ordinal);

    private static string FSharp(BuildConfiguration configuration, string file) => Path.Combine(AppContext.BaseDirectory, "FSharp", configuration.ToString(), file);
}
