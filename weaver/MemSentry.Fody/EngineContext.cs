using System.Reflection;
using System.Runtime.Loader;
using Mono.Cecil;

namespace MemSentry.Fody;

/// <summary>
/// Where the engine is loaded: a context of our own, for two reasons.
/// <list type="bullet">
/// <item>Asked for MemSentry.Weaver or MemSentry.Analysis by name, the runtime turns to MSBuild before it turns to Fody. MSBuild knows
/// the same files as those of our tasks and loads them beside another Mono.Cecil: the engine would then not recognise the module that
/// Fody hands over (measured: MissingMethodException).</item>
/// <item>A build node lives on between builds. Fody 6.9.3 looks at the date of MemSentry.Fody.dll only, and misses its first change.</item>
/// </list>
/// </summary>
internal sealed class EngineContext : AssemblyLoadContext
{
    private static readonly Lock Gate = new();
    private static EngineContext? _current;
    private readonly string _folder;
    private readonly string _version;

    private EngineContext(string folder, string version)
        : base("MemSentry", isCollectible: true)
    {
        _folder = folder;
        _version = version;
    }

    /// <summary>Calls <see cref="WeaveSession.Run"/> of the weaver that is on disk now.</summary>
    public static void Weave(string folder, ModuleDefinition module, string assemblyFile, Action<string> debug) =>
        For(folder)
            .LoadFromAssemblyName(typeof(WeaveSession).Assembly.GetName())
            .GetType(typeof(WeaveSession).FullName!, throwOnError: true)!
            .GetMethod(nameof(WeaveSession.Run))!
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [module, assemblyFile, debug], null);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string name = assemblyName.Name!;
        if (name.StartsWith("Mono.Cecil", StringComparison.Ordinal) || name == "FodyHelpers")
            return GetLoadContext(typeof(EngineContext).Assembly)!.LoadFromAssemblyName(assemblyName);
        if (!name.StartsWith("MemSentry.", StringComparison.Ordinal))
            return null;

        // From memory, as Fody does it: the file stays free to be replaced by the next build.
        using var content = new MemoryStream(File.ReadAllBytes(Path.Combine(_folder, name + ".dll")));
        return LoadFromStream(content);
    }

    // One context for all projects of a build: compiling the engine's own code takes longer than most weaves.
    private static EngineContext For(string folder)
    {
        string version = string.Join(';', Directory.GetFiles(folder, "MemSentry.*.dll").Order().Select(f => $"{f}@{File.GetLastWriteTimeUtc(f).Ticks}"));
        lock (Gate)
        {
            if (_current?._version != version)
            {
                _current?.Unload();
                _current = new EngineContext(folder, version);
            }

            return _current;
        }
    }
}
