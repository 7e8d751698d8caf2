using MemSentry.Weaver.Reading;

namespace MemSentry.Weaver.References;

/// <summary>
/// The assemblies that a program brings along, and those that the framework supplies. The framework is told by name: the same program finds its
/// assemblies in a shared folder, beside itself (self-contained) or in one file with itself, and a newer copy from a package is the same product.
/// It is not woven by design; what leaves for it is checked instead.
/// </summary>
/// <param name="Files">Paths of implementation assemblies by simple name.</param>
/// <param name="Framework">Simple names of the framework's assemblies.</param>
public sealed record ReferenceFiles(IReadOnlyDictionary<string, string> Files, IReadOnlySet<string> Framework)
{
    private static readonly string[] Own = ["MemSentry.Runtime", "MemSentry.Native"];

    /// <summary>Simple names of assemblies that are woven in the same run, and count as woven.</summary>
    public IReadOnlySet<string> WovenTogether { get; init; } = new HashSet<string>();

    /// <summary>The assemblies in an input's folder and in folders with references, the first of a name.</summary>
    public static ReferenceFiles Beside(string input, IEnumerable<string> referenceDirectories)
    {
        IEnumerable<string> folders = [Path.GetDirectoryName(Path.GetFullPath(input))!, .. referenceDirectories];
        return new ReferenceFiles(
            ByName(folders.Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f).Order(StringComparer.Ordinal)).Where(f => Path.GetExtension(f) is ".dll" or ".exe")),
            SharedFrameworks.AssemblyNames);
    }

    /// <summary>Files by the simple names of the assemblies that they should hold, the first of a name.</summary>
    public static IReadOnlyDictionary<string, string> ByName(IEnumerable<string> files) => files
        .DistinctBy(f => Path.GetFileNameWithoutExtension(f), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(f => Path.GetFileNameWithoutExtension(f), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an assembly is not woven by design: the framework's, and MemSentry's own.</summary>
    internal bool IsUnwovenByDesign(string name) =>
        Framework.Contains(name) || SharedFrameworks.AssemblyNames.Contains(name) || IsOwn(name);

    /// <summary>Whether an assembly is MemSentry's.</summary>
    internal static bool IsOwn(string name) => Own.Contains(name);
}
