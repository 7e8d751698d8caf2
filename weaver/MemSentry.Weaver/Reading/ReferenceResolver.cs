using MemSentry.Analysis.Diagnostics;
using MemSentry.Images;
using Mono.Cecil;

namespace MemSentry.Weaver.Reading;

/// <summary>
/// Finds referenced assemblies: beside the input, then in the given directories, then in the shared frameworks. Fails closed: an assembly
/// that an analysis needs and nobody has is an error, never a guess.
/// </summary>
internal sealed class ReferenceResolver : IAssemblyResolver
{
    private static readonly string[] Extensions = [".dll", ".exe"];

    private readonly string _input;
    private readonly string[] _directories;
    private readonly Dictionary<string, AssemblyDefinition> _found = new(StringComparer.OrdinalIgnoreCase);

    private readonly BoundedTypeResolver _types;

    /// <summary>Creates a resolver for the references of one input.</summary>
    public ReferenceResolver(string input, IEnumerable<string> referenceDirectories)
    {
        _input = Path.GetFileName(input);
        _types = new BoundedTypeResolver(_input, this);
        _directories = [Path.GetDirectoryName(Path.GetFullPath(input))!, .. referenceDirectories, .. SharedFrameworks.Directories];
    }

    /// <summary>How the input and everything that it refers to are read.</summary>
    public ReaderParameters ParametersForReading() => new(ReadingMode.Deferred) { AssemblyResolver = this, MetadataResolver = _types };

    /// <inheritdoc/>
    public AssemblyDefinition Resolve(AssemblyNameReference name) => Resolve(name, new ReaderParameters());

    /// <inheritdoc/>
    /// <exception cref="WeaveException">The assembly was not found.</exception>
    public AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters)
    {
        if (_found.TryGetValue(name.Name, out AssemblyDefinition? known))
            return known;

        AssemblyDefinition assembly = Candidates(name.Name).Select(Open).FirstOrDefault(a => a is not null)
            ?? throw new WeaveException(Diagnostic.Error(DiagnosticId.ReferenceNotFound,
                $"'{_input}' needs the assembly '{name.FullName}', which is neither beside it nor in the reference directories nor in the " +
                "shared framework; add its folder to the reference directories."));
        _found.Add(name.Name, assembly);
        return assembly;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (AssemblyDefinition assembly in _found.Values)
            assembly.Dispose();
    }

    private IEnumerable<string> Candidates(string name) =>
        from directory in _directories
        from extension in Extensions
        let path = Path.Combine(directory, name + extension)
        where File.Exists(path)
        select path;

    private AssemblyDefinition? Open(string path)
    {
        try
        {
            // What is installed with .NET is believed to be whole.
            if (!SharedFrameworks.Directories.Contains(Path.GetDirectoryName(path)))
                ImageValidation.RequireReadable(File.ReadAllBytes(path));
            return AssemblyDefinition.ReadAssembly(path, ParametersForReading());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || MalformedInput.Explains(e))
        {
            // A native library of the same name, for example; a later directory may have the assembly.
            return null;
        }
    }
}
