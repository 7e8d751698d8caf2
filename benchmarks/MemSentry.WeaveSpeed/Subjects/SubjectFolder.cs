namespace MemSentry.WeaveSpeed.Subjects;

/// <summary>A temporary folder with the assemblies to weave and their symbols.</summary>
internal sealed class SubjectFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("memsentry-speed-");

    /// <summary>Copies an assembly of this program's folder and gives it symbols.</summary>
    public Subject Add(string file)
    {
        string copy = Path.Combine(_root.CreateSubdirectory("input").FullName, file);
        SymbolMaker.Write(Path.Combine(AppContext.BaseDirectory, file), copy);
        return new Subject(copy, Path.Combine(_root.CreateSubdirectory("output").FullName, file), AppContext.BaseDirectory);
    }

    /// <inheritdoc/>
    public void Dispose() => _root.Delete(recursive: true);
}
