using System.Reflection.PortableExecutable;

namespace MemSentry.Weaver.Reading;

/// <summary>Tells kinds of files apart.</summary>
internal static class ImageKinds
{
    /// <summary>What some bytes are.</summary>
    public static ImageKind Of(byte[] image)
    {
        ReadOnlySpan<byte> bytes = image;
        if (bytes.IsEmpty)
            return ImageKind.Empty;
        if (bytes.StartsWith("\x7f"u8) && bytes[1..].StartsWith("ELF"u8))
            return SingleFileProgram.Is(bytes) ? ImageKind.SingleFileProgram : ImageKind.NativeLinux;
        if (!bytes.StartsWith("MZ"u8))
            return ImageKind.Other;

        try
        {
            using var pe = new PEReader(new MemoryStream(image, writable: false));
            if (pe.PEHeaders.CorHeader is not null)
                return ImageKind.Managed;
            return SingleFileProgram.Is(bytes) ? ImageKind.SingleFileProgram : ImageKind.NativeWindows;
        }
        catch (BadImageFormatException)
        {
            return ImageKind.Damaged;
        }
    }
}
