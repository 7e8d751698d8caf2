using System.IO.Enumeration;
using MemSentry.Analysis.Diagnostics;

namespace MemSentry.Cli.Inputs;

/// <summary>
/// Finds assemblies in a folder and all folders below: what is called like one, and native programs without an extension, because a program of one
/// file has its assemblies inside.
/// </summary>
internal static class FolderSearch
{
    /// <summary>The files, in order of path. Links to folders are not followed, so that a circle of them ends.</summary>
    public static IReadOnlyList<SelectedInput> In(string folder, DiagnosticList diagnostics)
    {
        string root = Path.GetFullPath(folder);
        try
        {
            string[] files = [.. Files(root).Where(f => AssemblyFiles.IsCalledLikeOne(f) || IsProgram(f)).Order(StringComparer.Ordinal)];
            if (files.Length == 0)
                diagnostics.Add(Diagnostic.Error(DiagnosticId.NothingSelected, $"The folder '{folder}' holds no .dll or .exe file; name a folder with assemblies."));
            return [.. files.Select(f => new SelectedInput(f, Path.GetRelativePath(root, f), IsNamed: false))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Diagnostic.Error(DiagnosticId.InputUnreadable, $"The folder '{folder}' cannot be searched ({e.Message.TrimEnd('.')}); check its permissions."));
            return [];
        }
    }

    private static FileSystemEnumerable<string> Files(string root) =>
        new(root, (ref entry) => entry.ToFullPath(), new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = 0 })
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };

    private static bool IsProgram(string file)
    {
        // A pipe has no length, and whoever opens it waits.
        if (Path.GetExtension(file).Length > 0 || new FileInfo(file).Length == 0)
            return false;

        Span<byte> start = stackalloc byte[4];
        using FileStream stream = File.OpenRead(file);
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F']);
    }
}
