using MemSentry.CompilerServices;
using static MemSentry.AddressSpaceLayout;

namespace MemSentry.Runtime.Tests;

/// <summary>Which ranges the checks refuse, held against numbers that do not wrap around: what is decided in woven code, and what the full check decides, must be the same.</summary>
public sealed class BorderCheckTests
{
    private const ulong BlockEnd = BlockStart + BlockLength;

    private static readonly ulong[] Borders = [0, 1UL << 32, BlockStart, ArenaStart, BlockEnd, BlockEnd + (1UL << 32), 1UL << 47, ulong.MaxValue - (1UL << 40), ulong.MaxValue - 8];

    private static readonly ulong[] Counts = [0, 1, 7, 4096, int.MaxValue, int.MaxValue + 1UL, uint.MaxValue, 1UL << 32, 1UL << 36, BlockLength, 1UL << 47, long.MaxValue, 1UL << 63, ulong.MaxValue];

    private static readonly uint[] Sizes = [1, 8, 255, 256, 257, 65536, uint.MaxValue];

    [Test]
    public void A_range_is_refused_exactly_if_it_touches_or_spans_the_block()
    {
        foreach ((ulong address, ulong count, uint size) in Ranges())
            Assert.That(Refuses(() => BorderCheck.Range((nuint)address, count, size, "M", 1, 3)), Is.EqualTo(Touches(address, count, size)), $"0x{address:x}, {count} of {size} bytes");
    }

    [Test]
    public void Of_a_negative_number_of_elements_only_the_address_matters()
    {
        foreach ((ulong address, ulong count, uint size) in Ranges())
            Assert.That(Refuses(() => BorderCheck.SignedRange((nuint)address, (long)count, size, "M", 1, 3)), Is.EqualTo(Touches(address, (long)count < 0 ? 0 : count, size)), $"0x{address:x}, {(long)count} of {size} bytes");
    }

    [Test]
    public void A_range_that_starts_in_the_block_is_reported_with_its_address() => Assert.That(AddressOf(ArenaStart + 5, 3), Is.EqualTo(ArenaStart + 5));

    [Test]
    public void A_range_that_leads_into_the_block_is_reported_with_the_start_of_that() => Assert.That(AddressOf(BlockStart - 5, 6), Is.EqualTo(BlockStart));

    private static IEnumerable<(ulong Address, ulong Count, uint Size)> Ranges() =>
        from border in Borders
        from size in Sizes
        from count in Counts
        from distance in new[] { 0UL, 1UL, unchecked(0UL - 1), 1UL << 20, unchecked(0UL - (count * size)), unchecked(0UL - (count * size) - 1) }
        select (unchecked(border + distance), count, size);

    /// <summary>What wraps around comes to the block from below, but for short ranges: those end at once.</summary>
    private static bool Touches(ulong address, ulong count, uint size)
    {
        UInt128 end = address + ((UInt128)count * size);
        return end > ulong.MaxValue ? count > int.MaxValue || size > 256 : end >= BlockStart && address < BlockEnd;
    }

    private static ulong? AddressOf(ulong address, ulong count) =>
        Assert.Throws<SafeRegionViolationException>(() => BorderCheck.Range((nuint)address, count, 1, "M", 1, 3))?.Address;

    private static bool Refuses(Action check)
    {
        try
        {
            check();
            return false;
        }
        catch (SafeRegionViolationException)
        {
            return true;
        }
    }
}
