using System.Runtime.InteropServices;
using Mono.Cecil;

namespace MemSentry.Analysis.Tests.Fixtures;

/// <summary>Finds the assemblies of the shared frameworks of the running runtime, and those in further folders.</summary>
internal static class FrameworkResolver
{
    public static string NetCoreApp { get; } = RuntimeEnvironment.GetRuntimeDirectory().TrimEnd('/');

    public static string AspNetCoreApp { get; } = NetCoreApp.Replace("Microsoft.NETCore.App", "Microsoft.AspNetCore.App", StringComparison.Ordinal);

    public static IAssemblyResolver Create(params string[] folders)
    {
        var resolver = new DefaultAssemblyResolver();
        foreach (string folder in resolver.GetSearchDirectories())
        {
            resolver.RemoveSearchDirectory(folder);
        }

        foreach (string folder in (string[])[.. folders, NetCoreApp, AspNetCoreApp])
        {
            resolver.AddSearchDirectory(folder);
        }

        return resolver;
    }
}
