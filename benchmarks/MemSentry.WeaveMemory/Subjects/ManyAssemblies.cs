using Mono.Cecil;

namespace MemSentry.WeaveMemory.Subjects;

/// <summary>A temporary folder with many assemblies: real ones, again and again under other names.</summary>
internal sealed class ManyAssemblies : IDisposable
{
    private static readonly string[] Originals = ["CommunityToolkit.HighPerformance", "ICSharpCode.SharpZipLib"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memsentry-many-");

    /// <summary>Writes as many as are wanted.</summary>
    public ManyAssemblies(int count)
    {
        DirectoryInfo inputs = _folder.CreateSubdirectory("input");
        Files = [.. Enumerable.Range(0, count).Select(i => Copy(Originals[i % Originals.Length], i, inputs.FullName))];
    }

    /// <summary>Their paths.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Where their woven forms may go.</summary>
    public string Output => Path.Combine(_folder.FullName, "output");

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private static string Copy(string original, int number, string folder)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, original + ".dll"));
        AssemblyNameDefinition name = module.Assembly.Name;
        name.Name = FormattableString.Invariant($"{original}.{number:D3}");
        name.PublicKey = [];
        module.Attributes &= ~ModuleAttributes.StrongNameSigned;
        module.Name = name.Name + ".dll";
        string file = Path.Combine(folder, module.Name);
        module.Write(file);
        return file;
    }
}
