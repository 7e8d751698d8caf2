using System.Diagnostics;

namespace MemSentry.Corpus.Subjects;

/// <summary>Assemblies of a package; their program is this one, with a workload.</summary>
/// <param name="Name">A word for it.</param>
/// <param name="Files">The assemblies' file names.</param>
/// <param name="Work">Gets the scratch folder, and where to print.</param>
internal sealed record PackageSubject(string Name, IReadOnlyList<string> Files, Action<string, TextWriter> Work) : Subject(Name, Files)
{
    /// <inheritdoc/>
    public override string Originals => AppContext.BaseDirectory;

    /// <inheritdoc/>
    public override ProcessStartInfo Program(string folder, string scratch, string members) =>
        new("dotnet", ["exec", typeof(PackageSubject).Assembly.Location, "child", Name, folder, scratch, members]);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
