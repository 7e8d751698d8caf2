using MemSentry.Allocation;

namespace MemSentry.Runtime.Tests;

/// <summary>Random programs against a model: an interval per live region, and what was written into it.</summary>
public sealed unsafe class AllocatorModelTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Regions_never_overlap_and_keep_their_bytes(int seed)
    {
        using var arena = new InventedArena();
        var random = new Random(seed);
        var live = new List<(RegionHandle Handle, ulong Start, ulong Length, byte Pattern)>();
        for (int step = 0; step < 20_000; step++)
        {
            if (live.Count > 0 && random.Next(100) < 48)
            {
                int victim = random.Next(live.Count);
                (RegionHandle handle, _, _, byte pattern) = live[victim];
                Assert.That(arena.Bytes(handle).IndexOfAnyExcept(pattern), Is.EqualTo(-1));
                arena.Release(handle);
                live.RemoveAt(victim);
                continue;
            }

            if (TryAllocate(arena, random) is { } allocated)
            {
                ulong start = arena.Address(allocated);
                Span<byte> bytes = arena.Bytes(allocated);
                Assert.That(bytes.IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
                bytes.Fill((byte)step);
                live.Add((allocated, start, (ulong)bytes.Length, (byte)step));
            }
        }

        var sorted = live.OrderBy(region => region.Start).ToList();
        Assert.That(sorted.Zip(sorted.Skip(1)).Where(pair => pair.First.Start + pair.First.Length > pair.Second.Start), Is.Empty);
        live.ForEach(region => arena.Release(region.Handle));
        ExpectEmpty(arena.Header);
    }

    private static RegionHandle? TryAllocate(InventedArena arena, Random random)
    {
        var options = new SafeRegionOptions
        {
            Alignment = (nuint)1 << random.Next(15),
            GuardAtEnd = random.Next(20) == 0,
            OwnPages = random.Next(20) == 0,
        };
        try
        {
            return arena.Allocate((ulong)random.Next(1, random.Next(10) == 0 ? 100_000 : 2_000), options);
        }
        catch (InsufficientMemoryException)
        {
            return null;
        }
    }

    /// <summary>Nothing is live, and the runs still tile the data area without a gap.</summary>
    private static void ExpectEmpty(ArenaHeader* arena)
    {
        Assert.That((arena->LiveCount, arena->LiveBytes), Is.EqualTo((0u, 0UL)));
        uint first = 1;
        while (ArenaHeader.Run(arena, first)->Previous != 0)
        {
            first = ArenaHeader.Run(arena, first)->Previous;
        }

        ulong position = arena->Geometry.Data / ArenaGeometry.PageLength;
        for (uint i = first; i != 0; i = ArenaHeader.Run(arena, i)->Next)
        {
            Assert.That(ArenaHeader.Run(arena, i)->FirstPage, Is.EqualTo(position));
            position += ArenaHeader.Run(arena, i)->PageCount;
        }

        Assert.That(position, Is.EqualTo(arena->Geometry.Length / ArenaGeometry.PageLength));
    }
}
