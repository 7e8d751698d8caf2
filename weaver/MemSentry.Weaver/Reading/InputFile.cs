using MemSentry.Analysis.Diagnostics;

namespace MemSentry.Weaver.Reading;

/// <summary>Reads input files and says what they are if they are not what was asked for.</summary>
internal static class InputFile
{
    /// <summary>All bytes of a file. The file is closed again, so that the output may take its place.</summary>
    /// <exception cref="WeaveException">The file cannot be read.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new WeaveException(Diagnostic.Error(DiagnosticId.InputUnreadable, $"'{path}' does not exist; check the path."), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string reason = Directory.Exists(path) ? "is a folder; name the assembly file in it" : "cannot be read; check its permissions";
            throw new WeaveException(Diagnostic.Error(DiagnosticId.InputUnreadable, $"'{path}' {reason}."), e);
        }
    }

    /// <summary>Stops the weave if the bytes are not a managed image.</summary>
    /// <exception cref="WeaveException">With what the file is instead.</exception>
    public static void RequireManaged(string path, byte[] image)
    {
        string? instead = WhatInstead(path, image);
        if (instead is not null)
            throw new WeaveException(Diagnostic.Error(DiagnosticId.NotAnAssembly, $"'{path}' is not a .NET assembly but {instead}."));
    }

    /// <summary>Builds the refusal of a file that claims to be an assembly and cannot be read as one.</summary>
    public static WeaveException Corrupt(string path, Exception cause) => new(Diagnostic.Error(DiagnosticId.NotAnAssembly,
        $"'{path}' is corrupt: its metadata, IL or debug information cannot be read; build or copy it again."), cause);

    private static string? WhatInstead(string path, byte[] image) => ImageKinds.Of(image) switch
    {
        ImageKind.Managed => null,
        ImageKind.Empty => "an empty file; leave it out",
        ImageKind.NativeLinux => $"a native Linux library or program; {(File.Exists(path + ".dll") ? $"name '{path}.dll' instead" : "leave it out")}",
        ImageKind.NativeWindows => "a native Windows library or program; leave it out",
        ImageKind.SingleFileProgram => "a program of one file with its assemblies inside; weave them before they are put there, in the build or in a publish folder without PublishSingleFile",
        ImageKind.Damaged => "a damaged or cut off Windows image; build or copy it again",
        _ => "a file of another kind; leave it out",
    };
}
