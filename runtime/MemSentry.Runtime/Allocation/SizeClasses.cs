using System.Numerics;

namespace MemSentry.Allocation;

/// <summary>
/// The sizes of slots that share pages: multiples of 16 up to 128 bytes, then four per doubling up to a page, so that at most a fifth
/// of a slot is slack. A secret of 32 bytes then costs 48 bytes, not a page.
/// </summary>
internal static class SizeClasses
{
    /// <summary>Bytes of a slab: sixteen pages, so that even the largest class shares one set-up between sixteen slots.</summary>
    public const ulong SlabLength = 64 * 1024;

    /// <summary>Bytes of the largest slot.</summary>
    public const ulong Largest = 4096;

    /// <summary>Number of classes.</summary>
    public const int Count = 28;

    private static ReadOnlySpan<ushort> Lengths =>
    [
        16, 32, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512,
        640, 768, 896, 1024, 1280, 1536, 1792, 2048, 2560, 3072, 3584, 4096,
    ];

    /// <summary>Bytes of a slot.</summary>
    public static ulong LengthOf(int sizeClass) => Lengths[sizeClass];

    /// <summary>The smallest class whose slots hold so many bytes at such an alignment; -1 if pages are needed.</summary>
    /// <param name="length">Bytes, canary included.</param>
    /// <param name="alignment">A power of two. Slabs start at pages, so a slot is aligned if the class's length is a multiple.</param>
    public static int Find(ulong length, ulong alignment)
    {
        for (int i = 0; length <= Largest && i < Count; i++)
        {
            if (Lengths[i] >= length && BitOperations.TrailingZeroCount(Lengths[i]) >= BitOperations.TrailingZeroCount(alignment))
            {
                return i;
            }
        }

        return -1;
    }
}
