using MemSentry.Analysis.Diagnostics;
using Microsoft.Extensions.FileSystemGlobbing;

namespace MemSentry.Cli.Inputs;

/// <summary>A path with <c>*</c> or <c>**</c> in it, for shells that leave those to the program, or that are told to.</summary>
internal static class FilePattern
{
    private const char Wild = '*';

    /// <summary>Whether an argument is a pattern and not a file of that very name.</summary>
    public static bool Is(string argument) => argument.Contains(Wild) && !File.Exists(argument);

    /// <summary>The assemblies that match, in order of path.</summary>
    public static IReadOnlyList<SelectedInput> Search(string pattern, DiagnosticList diagnostics)
    {
        (string folder, string below) = Split(pattern);
        string[] found = Directory.Exists(folder)
            ? [.. new Matcher(StringComparison.Ordinal).AddInclude(below).GetResultsInFullPath(folder).Where(AssemblyFiles.IsCalledLikeOne).Order(StringComparer.Ordinal)]
            : [];
        if (found.Length == 0)
            diagnostics.Add(Diagnostic.Error(DiagnosticId.NothingSelected, $"No .dll or .exe file matches '{pattern}'; check the pattern, and the folder it starts from."));
        return [.. found.Select(f => new SelectedInput(f, Path.GetRelativePath(folder, f), IsNamed: false))];
    }

    // Everything up to the last separator before the first wild character is an ordinary folder.
    private static (string Folder, string Below) Split(string pattern)
    {
        int cut = pattern.LastIndexOf('/', pattern.IndexOf(Wild));
        string folder = cut < 0 ? "." : pattern[..Math.Max(cut, 1)];
        return (Path.GetFullPath(folder), pattern[(cut + 1)..]);
    }
}
