using MemSentry.Analysis.Diagnostics;

namespace MemSentry.Weaver.Writing;

/// <summary>
/// Puts files into place, all or none: each is written beside its destination under another name, then they are moved, which replaces a
/// file at once (rename(2)). A reader sees the old file or the new one; after a failure everything is as it was.
/// </summary>
internal sealed class OutputFiles : IDisposable
{
    private readonly List<(string Temporary, string Destination)> _staged = [];
    private readonly List<(string Backup, string Destination)> _replaced = [];
    private readonly List<string> _created = [];

    /// <summary>Writes an image to its destination; the PDB goes beside it.</summary>
    /// <exception cref="WeaveException">The destination cannot be written; nothing was changed.</exception>
    public static void Write(string output, WovenImage image, string permissionsFrom)
    {
        using var files = new OutputFiles();
        try
        {
            string destination = Path.GetFullPath(output);
            if (IsDevice(destination))
                throw new IOException("It is the place of a device");
            Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
            UnixFileMode? mode = OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(permissionsFrom);

            // The PDB first: an assembly never lies there without the debug information it names.
            if (image.Pdb is not null)
                files.Stage(Path.ChangeExtension(destination, ".pdb"), image.Pdb, mode);
            files.Stage(destination, image.Assembly, mode);
            files.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            files.RollBack();
            throw new WeaveException(Diagnostic.Error(DiagnosticId.OutputUnwritable,
                $"'{output}' cannot be written ({e.Message.TrimEnd('.')}); check the path, its permissions and the free space."), e);
        }
    }

    /// <summary>Removes the files that are no longer needed.</summary>
    public void Dispose()
    {
        foreach ((string temporary, _) in _staged)
            File.Delete(temporary);
        foreach ((string backup, _) in _replaced)
            File.Delete(backup);
    }

    // A device would be replaced by a file: root may do that to /dev/null. What lies in /dev/shm are files.
    private static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private void Stage(string destination, byte[] contents, UnixFileMode? mode)
    {
        string temporary = TemporaryBeside(destination);
        _staged.Add((temporary, destination));
        File.WriteAllBytes(temporary, contents);
        if (mode is { } permissions && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(temporary, permissions);
    }

    private void Commit()
    {
        foreach ((string temporary, string destination) in _staged)
        {
            if (temporary != _staged[^1].Temporary)
                KeepForRollBack(destination);

            File.Move(temporary, destination, overwrite: true);
        }
    }

    /// <summary>Only files that are moved before the last one can be in place when a later move fails.</summary>
    private void KeepForRollBack(string destination)
    {
        if (!File.Exists(destination))
        {
            _created.Add(destination);
            return;
        }

        string backup = TemporaryBeside(destination);
        File.Copy(destination, backup);
        _replaced.Add((backup, destination));
    }

    private void RollBack()
    {
        foreach (string destination in _created)
            File.Delete(destination);
        foreach ((string backup, string destination) in _replaced)
            File.Move(backup, destination, overwrite: true);
    }

    private static string TemporaryBeside(string destination) =>
        Path.Combine(Path.GetDirectoryName(destination)!, $".{Path.GetFileName(destination)}.{Path.GetRandomFileName()}");
}
