using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MemSentry.Images.Bodies;

/// <summary>The header of a method body (ECMA-335 II.25.4).</summary>
internal static class MethodBodyHeader
{
    private const int FormatMask = 3;
    private const int Tiny = 2;
    private const int Fat = 3;

    /// <summary>The IL of the body at an address.</summary>
    /// <exception cref="BadImageFormatException">It has no header, or does not lie in the image.</exception>
    public static BlobReader CodeOf(PEReader pe, int address)
    {
        PEMemoryBlock section = pe.GetSectionData(address);
        BlobReader body = section.GetReader();
        if (body.Length == 0)
            throw new BadImageFormatException("A method body lies outside the image.");

        byte first = body.ReadByte();
        if ((first & FormatMask) == Tiny)
            return section.GetReader(1, Within(first >> 2, section.Length - 1));
        if ((first & FormatMask) != Fat)
            throw new BadImageFormatException("A method body has no header.");

        int headerLength = (body.ReadByte() >> 4) * sizeof(int);
        body.ReadUInt16();
        int codeLength = body.ReadInt32();
        if (headerLength > section.Length)
            throw new BadImageFormatException("A method body lies outside the image.");
        return section.GetReader(headerLength, Within(codeLength, section.Length - headerLength));
    }

    private static int Within(int length, int room) =>
        length >= 0 && length <= room ? length : throw new BadImageFormatException("A method body is longer than the image.");
}
