using MemSentry.Allocation;
using MemSentry.Native;

namespace MemSentry.Runtime.Tests;

public sealed unsafe class CanaryTests
{
    [TestCase(1)]
    [TestCase(16)]
    [TestCase(32)]
    [TestCase(4088)]
    [TestCase(5000)]
    [Covers(RuntimeCode.CanaryBroken)]
    public void A_byte_behind_the_region_is_noticed_at_release(int size)
    {
        SafeRegion region = SafeRegion.Allocate((nuint)size, new SafeRegionOptions { Name = "session keys" });
        int live = MemSentryRuntime.Status.LiveRegions;
        region.Pointer[size] ^= 1;

        Assert.That(region.Dispose, Throws.TypeOf<SafeRegionException>().With.Message.EqualTo(
            $"MS7205: Something wrote outside the safe region 'session keys' of {size} bytes; look for an overflow in whitelisted code " +
            "(GuardAtEnd = true finds the instruction)."));
        Assert.That(MemSentryRuntime.Status.LiveRegions, Is.EqualTo(live - 1), "ended all the same");
        Assert.That(region.Dispose, Throws.Nothing);
    }

    [Test]
    public void A_byte_before_a_guarded_region_is_noticed_at_release()
    {
        SafeRegion region = SafeRegion.Allocate(100, new SafeRegionOptions { GuardAtEnd = true });
        region.Pointer[-1] ^= 1;

        Assert.That(region.Dispose, Throws.TypeOf<SafeRegionException>().With.Message.StartsWith("MS7205"));
    }

    [Test]
    public void The_region_itself_may_be_written_to_its_last_byte()
    {
        for (int size = 1; size < 6000; size += 13)
        {
            SafeRegion region = SafeRegion.Allocate((nuint)size, new SafeRegionOptions { GuardAtEnd = size % 2 == 0 });
            region.Span.Fill(0xff);

            Assert.That(region.Dispose, Throws.Nothing, $"{size} bytes");
        }
    }

    [Test]
    public void Canaries_of_neighbours_differ()
    {
        using SafeRegion one = SafeRegion.Allocate(24);
        using SafeRegion two = SafeRegion.Allocate(24);

        Assert.That(*(ulong*)(one.Pointer + 24), Is.Not.EqualTo(*(ulong*)(two.Pointer + 24)));
    }

    [Test]
    [Covers(RuntimeCode.PagesRefused)]
    public void Pages_that_the_kernel_does_not_change_are_explained()
    {
        using var arena = new InventedArena();

        // Behind the arena's end nothing is mapped that mprotect could change.
        ulong unmapped = AddressSpaceLayout.BlockStart - (ulong)arena.Header - (1UL << 30);
        Assert.That(() => ArenaPages.SetRights(arena.Header, unmapped, 4096, MemoryProtection.Read), Throws.TypeOf<SafeRegionException>().With.Message.EqualTo(
            "MS7202: The kernel refused to change pages of the safe regions: mprotect failed with ENOMEM; raise vm.max_map_count (sysctl), or, " +
            "where vm.overcommit_memory is 2, the commit limit."));
    }
}
