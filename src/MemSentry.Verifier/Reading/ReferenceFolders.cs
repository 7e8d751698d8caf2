using System.Runtime.InteropServices;
using MemSentry.Images;
using Mono.Cecil;

namespace MemSentry.Verifier.Reading;

/// <summary>Finds referenced assemblies in folders, the first that has one wins. What nobody has is an error, never a guess.</summary>
internal sealed class ReferenceFolders : IAssemblyResolver
{
    private readonly string[] _folders;
    private readonly string[] _frameworks;
    private readonly Dictionary<string, AssemblyDefinition> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The folder of the input, those given, and the shared frameworks beside the one this process runs on.</summary>
    public ReferenceFolders(string input, IEnumerable<string> given)
    {
        string framework = RuntimeEnvironment.GetRuntimeDirectory().TrimEnd('/', '\\');
        string version = Path.GetFileName(framework);
        string shared = Path.GetFullPath(Path.Combine(framework, "..", ".."));
        Types = new BoundedTypeResolver(this);
        _frameworks = [framework, .. new[] { "Microsoft.AspNetCore.App", "Microsoft.WindowsDesktop.App" }.Select(f => Path.Combine(shared, f, version))];
        _folders = [Path.GetDirectoryName(Path.GetFullPath(input))!, .. given, .. _frameworks];
    }

    /// <summary>Finds types in them.</summary>
    public IMetadataResolver Types { get; }

    /// <summary>The rejection of what uses an assembly that no folder has.</summary>
    public static RejectionException Missing(AssemblyNameReference name) =>
        new(VerifierCode.ReferenceNotFound, $"It uses {name.FullName}, which was not found; name its folder with --reference.");

    /// <inheritdoc/>
    public AssemblyDefinition Resolve(AssemblyNameReference name) => Resolve(name, new ReaderParameters());

    /// <inheritdoc/>
    /// <exception cref="AssemblyResolutionException">No folder has the assembly.</exception>
    public AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters)
    {
        if (!_known.TryGetValue(name.Name, out AssemblyDefinition? assembly))
            _known.Add(name.Name, assembly = Find(name) ?? throw new AssemblyResolutionException(name));
        return assembly;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (AssemblyDefinition assembly in _known.Values)
            assembly.Dispose();
    }

    private AssemblyDefinition? Find(AssemblyNameReference name)
    {
        foreach (string file in _folders.SelectMany(f => new[] { ".dll", ".exe" }, (f, e) => Path.Combine(f, name.Name + e)).Where(File.Exists))
        {
            try
            {
                // What is installed with .NET is believed to be whole.
                if (!_frameworks.Contains(Path.GetDirectoryName(file)))
                    ImageValidation.RequireReadable(File.ReadAllBytes(file));
                return AssemblyDefinition.ReadAssembly(file, new ReaderParameters(ReadingMode.Deferred) { AssemblyResolver = this, MetadataResolver = Types });
            }
            catch (BadImageFormatException)
            {
                // A native library of that name; another folder may have the assembly.
            }
        }

        return null;
    }
}
