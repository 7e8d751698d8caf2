using System.Text.Json;
using MemSentry.Analysis.Diagnostics;

namespace MemSentry.Cli.Inputs;

/// <summary>
/// What the .deps.json files in a folder say of the program there: where its assemblies lie, and which of them belong to the framework that a
/// self-contained program carries along.
/// </summary>
/// <param name="AssetFolders">The folder itself, and folders below that hold assemblies of the program.</param>
/// <param name="FrameworkAssemblies">Simple names of the framework's assemblies.</param>
internal sealed record ProgramFolder(IReadOnlyList<string> AssetFolders, IReadOnlyList<string> FrameworkAssemblies)
{
    private const string FrameworkKind = "runtimepack";

    /// <summary>Reads a folder's dependency lists; without any, all that is known is the folder.</summary>
    public static ProgramFolder Read(string folder, DiagnosticList diagnostics)
    {
        string root = Path.GetFullPath(folder);
        var folders = new List<string> { root };
        var framework = new List<string>();
        foreach (string file in Directory.EnumerateFiles(root, "*.deps.json").Order(StringComparer.Ordinal))
        {
            try
            {
                using var list = JsonDocument.Parse(File.ReadAllBytes(file));
                foreach ((string asset, bool isFramework) in Assets(list.RootElement))
                {
                    // In a published program the assets of the target lie in the folder itself; those of several systems keep their paths.
                    string place = Path.GetFullPath(Path.Combine(root, asset));
                    if (File.Exists(place) && place.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                        folders.Add(Path.GetDirectoryName(place)!);
                    if (isFramework)
                        framework.Add(Path.GetFileNameWithoutExtension(asset));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
            {
                diagnostics.Add(Diagnostic.Warning(DiagnosticId.DependenciesUnreadable,
                    $"'{file}' cannot be read, so references are looked for in the folder itself only; publish the program again."));
            }
        }

        return new ProgramFolder([.. folders.Distinct()], framework);
    }

    private static IEnumerable<(string Asset, bool IsFramework)> Assets(JsonElement list)
    {
        JsonElement kinds = list.GetProperty("libraries");
        return
            from target in list.GetProperty("targets").EnumerateObject()
            from library in target.Value.EnumerateObject()
            let isFramework = kinds.TryGetProperty(library.Name, out JsonElement kind) && kind.GetProperty("type").GetString() == FrameworkKind
            from section in new[] { "runtime", "runtimeTargets" }
            where library.Value.TryGetProperty(section, out _)
            from asset in library.Value.GetProperty(section).EnumerateObject()
            select (asset.Name, isFramework);
    }
}
