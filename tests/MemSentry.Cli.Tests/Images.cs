using System.Reflection.PortableExecutable;

namespace MemSentry.Cli.Tests;

/// <summary>Assemblies that no compiler at hand makes.</summary>
internal static class Images
{
    /// <summary>An assembly whose CLI header (ECMA-335 II.25.3.3) does not say "IL only".</summary>
    public static byte[] MixedMode(byte[] image)
    {
        const int flagsAt = 16;
        byte[] mixed = [.. image];
        mixed[new PEHeaders(new MemoryStream(image)).CorHeaderStartOffset + flagsAt] &= 0xfe;
        return mixed;
    }

    /// <summary>An assembly whose data directory names no CLI header, as a native library's does not.</summary>
    public static byte[] NativeWindows(byte[] image)
    {
        const int cliHeaderDirectory = 14, directorySize = 8, directoriesAt = 96;
        byte[] native = [.. image];
        Array.Clear(native, new PEHeaders(new MemoryStream(image)).PEHeaderStartOffset + directoriesAt + (cliHeaderDirectory * directorySize), directorySize);
        return native;
    }
}
