using System.Runtime.InteropServices;

namespace MemSentry.Weaver.Reading;

/// <summary>The shared frameworks beside the one that the weaver itself runs on.</summary>
internal static class SharedFrameworks
{
    /// <summary>The folders with framework assemblies that exist on this machine.</summary>
    public static IReadOnlyList<string> Directories { get; } = Find();

    /// <summary>The simple names of the assemblies in them.</summary>
    public static IReadOnlySet<string> AssemblyNames { get; } =
        Directories.SelectMany(d => Directory.EnumerateFiles(d, "*.dll")).Select(f => Path.GetFileNameWithoutExtension(f)).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static List<string> Find()
    {
        // …/shared/Microsoft.NETCore.App/10.0.x/
        var running = new DirectoryInfo(Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory()));
        var directories = new List<string> { running.FullName };
        string? shared = running.Parent?.Parent?.FullName;
        if (shared is null)
            return directories;

        foreach (string framework in (string[])["Microsoft.AspNetCore.App", "Microsoft.WindowsDesktop.App"])
        {
            string sameVersion = Path.Combine(shared, framework, running.Name);
            if (Directory.Exists(sameVersion))
                directories.Add(sameVersion);
        }

        return directories;
    }
}
