using MemSentry.Allocation;
using MemSentry.Native;

namespace MemSentry.Runtime.Tests;

/// <summary>What becomes of a region's bytes.</summary>
public sealed unsafe class ReleaseTests
{
    [Test]
    public void Release_overwrites_a_slot()
    {
        using var arena = new InventedArena();
        RegionHandle handle = arena.Allocate(100);
        Span<byte> bytes = arena.Bytes(handle);
        bytes.Fill(0x77);
        arena.Release(handle);

        // Slots stay mapped; nothing but zeros, not even the canary, may be left.
        Assert.That(new Span<byte>((byte*)arena.Header + SlotOf(arena, handle), 112).IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
    }

    [Test]
    public void A_reused_slot_is_zero_even_if_a_stale_pointer_wrote_meanwhile()
    {
        using var arena = new InventedArena();
        RegionHandle handle = arena.Allocate(100);
        Span<byte> stale = arena.Bytes(handle);
        ulong address = arena.Address(handle);
        arena.Release(handle);
        stale.Fill(0x77);
        RegionHandle reused;
        do
        {
            reused = arena.Allocate(100);
            Assert.That(arena.Bytes(reused).IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
            if (arena.Address(reused) != address)
            {
                arena.Release(reused);
            }
        }
        while (arena.Header->LiveCount == 0);
    }

    [Test]
    public void Reused_pages_are_zero()
    {
        using var arena = new InventedArena();
        var seen = new HashSet<ulong>();
        bool reused = false;
        for (int i = 0; i < 64; i++)
        {
            RegionHandle handle = arena.Allocate(3 << 20);
            reused |= !seen.Add(arena.Address(handle));
            Assert.That(arena.Bytes(handle).IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
            arena.Bytes(handle).Fill(0x77);
            arena.Release(handle);
        }

        Assert.That(reused, "16 MiB cannot hold 64 such regions without reuse");
    }

    [Test]
    public void Memory_is_reused_late_and_in_order()
    {
        using var arena = new InventedArena();
        RegionHandle first = arena.Allocate(32);
        ulong address = arena.Address(first);
        arena.Release(first);
        for (uint i = 0; i < Quarantine.MaximumCount; i++)
        {
            RegionHandle next = arena.Allocate(32);
            Assert.That(arena.Address(next), Is.Not.EqualTo(address), $"after {i} other regions");
            arena.Release(next);
        }

        Assert.That(arena.Address(arena.Allocate(32)), Is.EqualTo(address));
    }

    [Test]
    public void Addresses_of_large_regions_are_reused_late_too()
    {
        // Larger than what is kept of small ones: a stale pointer must not meet the next region there.
        using var arena = new InventedArena(1UL << 30);
        var seen = new HashSet<ulong>();
        for (int i = 0; i < 8; i++)
        {
            RegionHandle handle = arena.Allocate(100 << 20, new SafeRegionOptions { Domain = $"domain {i}" });
            Assert.That(seen.Add(arena.Address(handle)), $"region {i} lies where another one was just released");
            arena.Release(handle);
        }
    }

    [Test]
    public void The_quarantine_gives_way_before_an_allocation_fails()
    {
        using var arena = new InventedArena();
        RegionHandle[] all = Fill(arena);
        Array.ForEach(all, arena.Release);

        Assert.That(arena.Header->QuarantineCount, Is.EqualTo((uint)all.Length));
        Assert.That(Fill(arena), Has.Length.EqualTo(all.Length));
    }

    [Test]
    public void A_sparse_region_costs_only_what_was_touched()
    {
        const long Spread = 1L << 30;
        var length = unchecked((nuint)(8 * Spread));
        long before = PeakMemory();
        SafeRegion region = SafeRegion.Allocate(length);
        for (long i = 0; i < 8; i++)
        {
            region.Pointer[i * Spread + 5] = 1;
        }

        Assert.That(PageTable.TouchedRanges((ulong)region.Pointer, length), Has.Count.EqualTo(8));
        region.Dispose();

        Assert.That(PeakMemory() - before, Is.LessThan(Spread / 1024), "KiB");
    }

    private static ulong SlotOf(InventedArena arena, RegionHandle handle) => ArenaHeader.Descriptor(arena.Header, handle.Index)->ExtentOffset;

    private static RegionHandle[] Fill(InventedArena arena)
    {
        var regions = new List<RegionHandle>();
        try
        {
            while (true)
            {
                regions.Add(arena.Allocate(100_000));
            }
        }
        catch (InsufficientMemoryException)
        {
            return [.. regions];
        }
    }

    /// <summary>The most memory this process ever had, in KiB.</summary>
    private static long PeakMemory() => long.Parse(
        File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
}
