using System.Reflection.PortableExecutable;
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
        string? instead = WhatInstead(image);
        if (instead is not null)
            throw new WeaveException(Diagnostic.Error(DiagnosticId.NotAnAssembly, $"'{path}' is not a .NET assembly but {instead}; leave it out."));
    }

    /// <summary>Builds the refusal of a file that claims to be an assembly and cannot be read as one.</summary>
    public static WeaveException Corrupt(string path, Exception cause) => new(Diagnostic.Error(DiagnosticId.NotAnAssembly,
        $"'{path}' is corrupt: its metadata, IL or debug information cannot be read; build or copy it again."), cause);

    private static string? WhatInstead(byte[] image)
    {
        if (image.Length == 0)
            return "an empty file";
        if (image.AsSpan().StartsWith("\x7f"u8) && image.AsSpan(1).StartsWith("ELF"u8))
            return "a native Linux library or program";
        if (!image.AsSpan().StartsWith("MZ"u8))
            return "a file of another kind";

        try
        {
            using var pe = new PEReader(new MemoryStream(image));
            return pe.PEHeaders.CorHeader is null ? "a native Windows library or program" : null;
        }
        catch (BadImageFormatException)
        {
            return "a damaged or cut off Windows image";
        }
    }
}
