using MemSentry.Native.Crypt;

namespace MemSentry.Allocation;

/// <summary>
/// Fills what a region owns around its own bytes, and tells at release whether it was written. The pattern differs from extent to
/// extent and cannot be known without reading the arena, so an overflow cannot repair it.
/// </summary>
internal static unsafe class Canary
{
    /// <summary>Every slot ends with at least so many bytes of it. Eight: one wrong store of any primitive type shows.</summary>
    public const ulong MinimumInSlot = 8;

    public static void Write(ArenaHeader* arena, RegionDescriptor* region)
    {
        ulong pattern = PatternOf(arena, region);
        foreach ((ulong start, ulong end) in Around(region))
        {
            for (ulong i = start; i < end; i++)
            {
                ((byte*)arena)[i] = ByteAt(pattern, i);
            }
        }
    }

    public static bool IsIntact(ArenaHeader* arena, RegionDescriptor* region)
    {
        ulong pattern = PatternOf(arena, region);
        int difference = 0;
        foreach ((ulong start, ulong end) in Around(region))
        {
            for (ulong i = start; i < end; i++)
            {
                difference |= ((byte*)arena)[i] ^ ByteAt(pattern, i);
            }
        }

        return difference == 0;
    }

    /// <summary>What the region owns before and behind its own bytes, as offsets from the arena's start.</summary>
    private static ReadOnlySpan<(ulong Start, ulong End)> Around(RegionDescriptor* region) => new (ulong, ulong)[]
    {
        (region->ExtentOffset + ((region->Traits & RegionTraits.Encrypted) == 0 ? 0u : CryptHeader.Length), region->Offset),
        (region->Offset + region->Length, region->ExtentOffset + region->ExtentLength),
    };

    private static ulong PatternOf(ArenaHeader* arena, RegionDescriptor* region) =>
        (arena->CanarySecret ^ region->ExtentOffset) * 0x9e37_79b9_7f4a_7c15 ^ region->Generation;

    private static byte ByteAt(ulong pattern, ulong position) => (byte)(pattern >> (int)(position % 8 * 8));
}
