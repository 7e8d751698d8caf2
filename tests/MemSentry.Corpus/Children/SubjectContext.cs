using System.Reflection;
using System.Runtime.Loader;

namespace MemSentry.Corpus.Children;

/// <summary>
/// Loads the assemblies of a subject from one folder, and a program (with this one, if it is another) once more, so that its workload meets those and no others. The runtime's own
/// Iced, and what the host would prefer to our version, stay out of the way.
/// </summary>
internal sealed class SubjectContext : AssemblyLoadContext
{
    private readonly Dictionary<string, string> _files;

    /// <param name="folder">Where the files are.</param>
    /// <param name="files">The subject's file names.</param>
    /// <param name="program">The program.</param>
    public SubjectContext(string folder, IEnumerable<string> files, Assembly program)
        : base("subject")
    {
        _files = files.ToDictionary(f => Path.GetFileNameWithoutExtension(f), f => Path.Combine(folder, f), StringComparer.Ordinal);
        _files[typeof(SubjectContext).Assembly.GetName().Name!] = typeof(SubjectContext).Assembly.Location;
        Program = LoadFromAssemblyPath(program.Location);
    }

    /// <summary>The program, which refers to the subject's assemblies.</summary>
    public Assembly Program { get; }

    /// <summary>The assembly of a file; null if nobody has asked for it.</summary>
    public Assembly? Loaded(string file) => Assemblies.SingleOrDefault(a => a.GetName().Name == Path.GetFileNameWithoutExtension(file));

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        _files.TryGetValue(assemblyName.Name!, out string? file) ? LoadFromAssemblyPath(file) : null;
}
