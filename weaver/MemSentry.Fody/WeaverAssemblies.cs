using System.Runtime.Loader;

namespace MemSentry.Fody;

/// <summary>
/// Loads the engine into the context that Fody made for its weavers, before anything asks for it by name. Asked by name, the runtime
/// turns to MSBuild first, which knows the same files as those of our tasks and loads them into a context of its own, with another
/// Mono.Cecil: the engine would then not recognise the module that Fody hands over (measured: MissingMethodException).
/// </summary>
internal static class WeaverAssemblies
{
    private static readonly string[] Names = ["MemSentry.AccessTable", "MemSentry.Analysis", "MemSentry.Weaver", "MemSentry.Build"];

    public static void LoadFrom(string folder)
    {
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(typeof(WeaverAssemblies).Assembly)!;
        foreach (string name in Names.Except(context.Assemblies.Select(a => a.GetName().Name)).OfType<string>())
        {
            // From memory, like Fody does it: the file stays free to be replaced by the next build.
            using var content = new MemoryStream(File.ReadAllBytes(Path.Combine(folder, name + ".dll")));
            context.LoadFromStream(content);
        }
    }
}
