using System.Reflection;
using System.Runtime.CompilerServices;
using MemSentry.Allocation;

namespace MemSentry.Runtime.Tests;

/// <summary>The attacker rewrites the fields of a <see cref="SafeRegion"/> in the GC heap.</summary>
public sealed unsafe class HandleTests
{
    private static readonly FieldInfo Handle = typeof(SafeRegion).GetField("_handle", BindingFlags.Instance | BindingFlags.NonPublic)!;

    [TestCase(0u, 1UL)]
    [TestCase(0u, 1UL << 63)]
    [TestCase(0u, 1UL << 62)]
    [TestCase(1u << 20, 0UL)]
    [TestCase(1u << 31, 0UL)]
    [Covers(RuntimeCode.HandleNotValid)]
    public void A_forged_handle_gives_nothing(uint addedToIndex, ulong flippedInTicket)
    {
        SafeRegion region = SafeRegion.Allocate(48);
        var handle = (RegionHandle)Handle.GetValue(region)!;
        int live = MemSentryRuntime.Status.LiveRegions;
        Handle.SetValue(region, new RegionHandle(handle.Index + addedToIndex, handle.Ticket ^ flippedInTicket));

        Assert.That(() => _ = region.Pointer, ThrowsNotValid);
        Assert.That(region.MakeReadOnly, ThrowsNotValid);
        Assert.That(region.Dispose, ThrowsNotValid);
        Assert.That(MemSentryRuntime.Status.LiveRegions, Is.EqualTo(live));

        Handle.SetValue(region, handle);
        region.Dispose();
    }

    [Test]
    public void A_handle_moved_to_a_neighbour_gives_nothing([Values(1u, uint.MaxValue)] uint addedToIndex)
    {
        using SafeRegion before = SafeRegion.Allocate(48);
        SafeRegion region = SafeRegion.Allocate(48);
        using SafeRegion after = SafeRegion.Allocate(48);
        var handle = (RegionHandle)Handle.GetValue(region)!;
        Handle.SetValue(region, handle with { Index = handle.Index + addedToIndex });

        // Whether it looks stale or forged depends on what the neighbour was used for before; it must not fit.
        Assert.That(() => _ = region.Pointer, Throws.InstanceOf<InvalidOperationException>());
        Handle.SetValue(region, handle);
        region.Dispose();
    }

    [Test]
    public void A_handle_without_ticket_gives_nothing_though_a_free_descriptor_has_none_either()
    {
        SafeRegion region = SafeRegion.Allocate(48);
        var handle = (RegionHandle)Handle.GetValue(region)!;
        region.Dispose();
        Handle.SetValue(region, handle with { Ticket = 0 });

        Assert.That(() => _ = region.Pointer, ThrowsNotValid);
    }

    [Test]
    public void An_object_that_Allocate_did_not_make_gives_nothing()
    {
        var region = (SafeRegion)RuntimeHelpers.GetUninitializedObject(typeof(SafeRegion));

        Assert.That(() => _ = region.Pointer, ThrowsNotValid);
    }

    [Test]
    public void A_handle_of_an_earlier_region_does_not_fit_a_later_one_in_the_same_slot()
    {
        using var arena = new InventedArena();
        RegionHandle old = arena.Allocate(32);
        ulong address = arena.Address(old);
        arena.Release(old);
        RegionHandle reused = AllocateUntil(arena, address);

        Assert.That(reused.Index, Is.EqualTo(old.Index));
        Assert.That(() => RegionLookup.Locate(arena.Header, old), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => arena.Release(old), Throws.Nothing);
        Assert.That(arena.Address(reused), Is.EqualTo(address));
    }

    [Test]
    public void A_descriptor_whose_generations_are_used_up_retires()
    {
        using var arena = new InventedArena();
        RegionHandle last = arena.Allocate(32);
        RegionDescriptor* descriptor = ArenaHeader.Descriptor(arena.Header, last.Index);
        descriptor->Generation = uint.MaxValue;
        Canary.Write(arena.Header, descriptor);
        arena.Release(last);
        for (uint i = 0; i < 3 * Quarantine.MaximumCount; i++)
        {
            RegionHandle next = arena.Allocate(32);
            Assert.That(next.Index, Is.Not.EqualTo(last.Index));
            arena.Release(next);
        }
    }

    private static NUnit.Framework.Constraints.IResolveConstraint ThrowsNotValid =>
        Throws.TypeOf<SafeRegionException>().With.Property(nameof(SafeRegionException.Code)).EqualTo(RuntimeCode.HandleNotValid);

    private static RegionHandle AllocateUntil(InventedArena arena, ulong address)
    {
        for (uint i = 0; i < 3 * Quarantine.MaximumCount; i++)
        {
            RegionHandle next = arena.Allocate(32);
            if (arena.Address(next) == address)
            {
                return next;
            }

            arena.Release(next);
        }

        throw new AssertionException("The slot is never used again.");
    }
}
