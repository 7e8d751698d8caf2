using System.Buffers.Binary;

namespace MemSentry.Weaver.Reading;

/// <summary>
/// A program of one file: a native host with the program's assemblies appended. The host finds them by the offset of a header, which stands before a
/// signature in its data (bundle_marker_t of the host); in an ordinary host the offset is zero.
/// </summary>
internal static class SingleFileProgram
{
    private static ReadOnlySpan<byte> Signature =>
    [
        0x8b, 0x12, 0x02, 0xb9, 0x6a, 0x61, 0x20, 0x38, 0x72, 0x7b, 0x93, 0x02, 0x14, 0xd7, 0xa0, 0x32,
        0x13, 0xf5, 0xb9, 0xe6, 0xef, 0xae, 0x33, 0x18, 0xee, 0x3b, 0x2d, 0xce, 0x24, 0xb3, 0x6a, 0xae,
    ];

    /// <summary>Whether assemblies lie inside a native image.</summary>
    public static bool Is(ReadOnlySpan<byte> native)
    {
        int at = native.IndexOf(Signature);
        if (at < sizeof(long))
            return false;

        long header = BinaryPrimitives.ReadInt64LittleEndian(native[(at - sizeof(long))..]);
        return header > 0 && header < native.Length;
    }
}
