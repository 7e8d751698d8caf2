using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace MemSentry.Overhead.Counting;

/// <summary>The assemblies in which checks are counted: the shared frameworks and some packages.</summary>
internal static class Corpus
{
    private static readonly string NetCoreApp = RuntimeEnvironment.GetRuntimeDirectory().TrimEnd('/');

    private static readonly string AspNetCoreApp = NetCoreApp.Replace("Microsoft.NETCore.App", "Microsoft.AspNetCore.App", StringComparison.Ordinal);

    private static readonly string[] Packages = ["Iced", "Microsoft.Diagnostics.Tracing.TraceEvent", "CommunityToolkit.HighPerformance", "Mono.Cecil"];

    /// <summary>Where the assemblies and what they refer to are.</summary>
    public static IReadOnlyList<string> Folders { get; } = [NetCoreApp, AspNetCoreApp, AppContext.BaseDirectory];

    /// <summary>All of them but the core library, which cannot be woven; the largest first, so that no processor is left alone with one at the end.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        .. new[] { NetCoreApp, AspNetCoreApp }.SelectMany(f => Directory.GetFiles(f, "*.dll"))
            .Concat(Packages.Select(p => Path.Combine(AppContext.BaseDirectory, p + ".dll")))
            .Where(f => Path.GetFileName(f) != "System.Private.CoreLib.dll" && IsManaged(f))
            .OrderByDescending(f => new FileInfo(f).Length),
    ];

    private static bool IsManaged(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        return image.HasMetadata;
    }
}
