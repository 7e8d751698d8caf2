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
        byte* extent = (byte*)arena + region->ExtentOffset;
        ulong front = region->Offset - region->ExtentOffset;
        for (ulong i = 0; i < front; i++)
        {
            extent[i] = Expected(arena, region, i);
        }

        for (ulong i = front + region->Length; i < region->ExtentLength; i++)
        {
            extent[i] = Expected(arena, region, i);
        }
    }

    public static bool IsIntact(ArenaHeader* arena, RegionDescriptor* region)
    {
        byte* extent = (byte*)arena + region->ExtentOffset;
        ulong front = region->Offset - region->ExtentOffset;
        int difference = 0;
        for (ulong i = 0; i < front; i++)
        {
            difference |= extent[i] ^ Expected(arena, region, i);
        }

        for (ulong i = front + region->Length; i < region->ExtentLength; i++)
        {
            difference |= extent[i] ^ Expected(arena, region, i);
        }

        return difference == 0;
    }

    private static byte Expected(ArenaHeader* arena, RegionDescriptor* region, ulong position)
    {
        ulong word = (arena->CanarySecret ^ region->ExtentOffset) * 0x9e37_79b9_7f4a_7c15 ^ region->Generation;
        return (byte)(word >> (int)(position % 8 * 8));
    }
}
