using System.Diagnostics;
using System.Reflection;

namespace MemSentry.Corpus.Subjects;

/// <summary>Assemblies of the framework; their program is published self-contained, so that it brings its own copy of them.</summary>
/// <param name="Name">A word for it.</param>
/// <param name="Files">The assemblies' file names.</param>
internal sealed record FrameworkSubject(string Name, IReadOnlyList<string> Files) : Subject(Name, Files)
{
    private const string Executable = "MemSentry.Corpus.Framework";

    /// <summary>Where the program was published when this one was built.</summary>
    public override string Originals { get; } =
        typeof(FrameworkSubject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "FrameworkProgram").Value!;

    /// <inheritdoc/>
    public override ProcessStartInfo Program(string folder, string scratch, string members) => new(Path.Combine(WithTheRest(folder, scratch), Executable), [members, .. Files]);

    /// <summary>The program in a process of its own that compares its works: with the originals, and with the assemblies of a folder from <see cref="WithTheRest"/>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="seed">Decides at which places its code lies.</param>
    /// <param name="generations">How often to load both anew.</param>
    public ProcessStartInfo Comparison(string folder, int seed, int generations) => new(Path.Combine(Originals, Executable), ["compare", folder, $"{seed}", $"{generations}"]);

    /// <summary>A folder with the program as it was published, but for the subject's assemblies.</summary>
    /// <param name="folder">With the assemblies to use, woven or not.</param>
    /// <param name="scratch">An empty folder for its files.</param>
    public string WithTheRest(string folder, string scratch)
    {
        if (!File.Exists(Path.Combine(Originals, Executable)))
            throw new InvalidOperationException($"{Originals} has no {Executable}; build tests/MemSentry.Corpus again.");

        // The host follows links to itself and to the program, and would start the original; everything else is found by the name it has here.
        string program = Path.Combine(scratch, "program");
        Directory.CreateDirectory(program);
        foreach (string file in Directory.EnumerateFiles(Originals))
        {
            string name = Path.GetFileName(file);
            string link = Path.Combine(program, name);
            if (name.StartsWith(Executable, StringComparison.Ordinal))
                File.Copy(file, link);
            else
                File.CreateSymbolicLink(link, Files.Contains(name) ? Path.Combine(folder, name) : file);
        }

        return program;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
