using System.Reflection;
using System.Runtime.Loader;

namespace MemSentry.Build.Dependencies;

/// <summary>
/// Where the engine is loaded when no Fody runs it: MSBuild loads tasks beside whatever Mono.Cecil it finds, so this context takes the one that Fody
/// brings. A build node lives on between builds; the context does not.
/// </summary>
internal sealed class DependencyContext : AssemblyLoadContext, IDisposable
{
    private readonly string[] _folders;

    /// <param name="weaverFolder">Where the engine is.</param>
    /// <param name="cecilFolder">Where Mono.Cecil is.</param>
    public DependencyContext(string weaverFolder, string cecilFolder)
        : base("MemSentry dependencies", isCollectible: true) => _folders = [weaverFolder, cecilFolder];

    /// <summary>Calls <see cref="DependencySession.Run"/> of the engine that is on disk now.</summary>
    public string Weave(string request) => (string)LoadFromAssemblyName(typeof(DependencySession).Assembly.GetName())
        .GetType(typeof(DependencySession).FullName!, throwOnError: true)!
        .GetMethod(nameof(DependencySession.Run))!
        .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [request], null)!;

    public void Dispose() => Unload();

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string name = assemblyName.Name!;
        if (!name.StartsWith("MemSentry.", StringComparison.Ordinal) && !name.StartsWith("Mono.Cecil", StringComparison.Ordinal))
            return null;

        // From memory: the file stays free to be replaced by the next build.
        string? file = _folders.Select(f => Path.Combine(f, name + ".dll")).FirstOrDefault(File.Exists);
        if (file is null)
            return null;
        using var content = new MemoryStream(File.ReadAllBytes(file), writable: false);
        return LoadFromStream(content);
    }
}
