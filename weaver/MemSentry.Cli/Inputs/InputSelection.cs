using MemSentry.Analysis.Diagnostics;

namespace MemSentry.Cli.Inputs;

/// <summary>The files that a command line means, and what is known of the programs that they belong to.</summary>
/// <param name="Files">Each once, in the order of the command line; within a pattern or folder in order of path.</param>
/// <param name="Programs">The folders that were searched, as programs.</param>
internal sealed record InputSelection(IReadOnlyList<SelectedInput> Files, IReadOnlyList<ProgramFolder> Programs)
{
    /// <summary>Finds what arguments mean: files, patterns, folders.</summary>
    /// <param name="arguments">As the user wrote them.</param>
    /// <param name="diagnostics">Receives an error for a pattern or folder that holds nothing, and a warning for a dependency list that cannot be read.</param>
    public static InputSelection Of(IEnumerable<string> arguments, DiagnosticList diagnostics)
    {
        var files = new List<SelectedInput>();
        var programs = new List<ProgramFolder>();
        foreach (string argument in arguments)
        {
            if (Directory.Exists(argument))
            {
                files.AddRange(FolderSearch.In(argument, diagnostics));
                programs.Add(ProgramFolder.Read(argument, diagnostics));
            }
            else if (FilePattern.Is(argument))
            {
                files.AddRange(FilePattern.Search(argument, diagnostics));
            }
            else
            {
                files.Add(new SelectedInput(Path.GetFullPath(argument), Path.GetFileName(argument), IsNamed: true));
            }
        }

        // Who names a file that a pattern found, too, means the file.
        return new InputSelection([.. files.GroupBy(f => f.File).Select(g => g.FirstOrDefault(f => f.IsNamed) ?? g.First())], programs);
    }

    /// <summary>Folders with assemblies of the programs that were searched.</summary>
    public IReadOnlyList<string> ReferenceFolders => [.. Programs.SelectMany(p => p.AssetFolders).Distinct()];

    /// <summary>Simple names of assemblies that belong to the framework by what the programs say themselves.</summary>
    public IReadOnlySet<string> Framework => Programs.SelectMany(p => p.FrameworkAssemblies).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
