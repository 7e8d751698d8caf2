using MemSentry.Allocation;
using MemSentry.Domains;

namespace MemSentry.Runtime.Tests;

/// <summary>The slabs of a domain lie side by side, because a window of <c>mprotect</c> pays a system call for each gap.</summary>
internal sealed unsafe class SlabAreaTests
{
    private static readonly ulong[] Lengths = [16, 100, 200, 400, 800, 1600, 3000];

    [Test]
    public void Regions_of_all_sizes_lie_in_one_area_whatever_is_allocated_between_them()
    {
        using var arena = new InventedArena();
        var own = new List<ulong>();
        foreach (ulong length in Lengths)
        {
            own.Add(arena.Address(arena.Allocate(length, new() { Domain = "keys" })) / SizeClasses.SlabLength);
            arena.Allocate(length, new() { Domain = "tokens" });
            arena.Allocate(9000, new() { Domain = "keys" });
        }

        ulong origin = (ulong)arena.Header / SizeClasses.SlabLength;
        Assert.That(own.Select(slab => slab - origin), Is.EqualTo(Enumerable.Range(0, Lengths.Length).Select(i => own[0] - origin + (ulong)i)));
        Assert.That(RunsOf(arena, "tokens"), Is.EqualTo(1));
    }

    [Test]
    public void An_area_that_is_full_is_followed_by_another_one()
    {
        using var arena = new InventedArena();
        for (int i = 0; i < 17 * 16; i++)
            arena.Allocate(4000, new() { Domain = "keys" });

        Assert.That(RunsOf(arena, "keys"), Is.EqualTo(2));
    }

    [Test]
    public void An_arena_without_room_for_an_area_still_has_room_for_slabs()
    {
        using var arena = new InventedArena();
        Assert.That(() => { while (true) arena.Allocate(1 << 20, new() { Domain = "large" }); }, Throws.TypeOf<InsufficientMemoryException>());

        RegionHandle small = arena.Allocate(32, new() { Domain = "keys" });

        Assert.That(arena.Bytes(small).Length, Is.EqualTo(32));
    }

    private static int RunsOf(InventedArena arena, string domain)
    {
        int runs = 0;
        Domain* found = DomainTable.At(arena.Header, DomainTable.Find(arena.Header, DomainTable.NumberOf(domain)));
        for (uint run = found->FirstRun; run != 0; run = ArenaHeader.Run(arena.Header, run)->NextInDomain)
            runs++;

        return runs;
    }
}
