using System.Runtime.InteropServices;
using Mono.Cecil;

namespace MemSentry.Analysis.Tests.Fixtures;

/// <summary>Finds assemblies in the folder of the one that asks, in the shared frameworks of the running runtime, and in further folders.</summary>
internal static class FrameworkResolver
{
    public static string NetCoreApp { get; } = RuntimeEnvironment.GetRuntimeDirectory().TrimEnd('/');

    public static string AspNetCoreApp { get; } = NetCoreApp.Replace("Microsoft.NETCore.App", "Microsoft.AspNetCore.App", StringComparison.Ordinal);

    public static IAssemblyResolver Create(string? own = null, params string[] further)
    {
        var resolver = new DefaultAssemblyResolver();
        foreach (string folder in resolver.GetSearchDirectories())
        {
            resolver.RemoveSearchDirectory(folder);
        }

        foreach (string folder in (string[])[own ?? NetCoreApp, NetCoreApp, AspNetCoreApp, .. further])
        {
            resolver.AddSearchDirectory(folder);
        }

        return resolver;
    }
}
