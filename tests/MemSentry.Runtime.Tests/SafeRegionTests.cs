namespace MemSentry.Runtime.Tests;

/// <summary>What the API promises, in this process's own arena.</summary>
public sealed unsafe class SafeRegionTests
{
    [TestCase(1)]
    [TestCase(32)]
    [TestCase(4088)]
    [TestCase(4089)]
    [TestCase(4096)]
    [TestCase(1_000_000)]
    public void A_region_is_zero_and_lies_in_the_arena(int size)
    {
        using SafeRegion region = SafeRegion.Allocate((nuint)size);

        Assert.That((ulong)region.Pointer - AddressSpaceLayout.ArenaStart, Is.LessThan(AddressSpaceLayout.ArenaLength));
        Assert.That(region.Length, Is.EqualTo((nuint)size));
        Assert.That(region.Span.Length, Is.EqualTo(size));
        Assert.That(region.Span.IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
        region.Span.Fill(0xa5);
        Assert.That(region.Pointer[size - 1], Is.EqualTo(0xa5));
    }

    [Test]
    [Covers(RuntimeCode.RegionDisposed)]
    public void A_disposed_region_gives_nothing_any_more()
    {
        SafeRegion region = SafeRegion.Allocate(32);
        region.Dispose();

        foreach (Action use in (Action[])
        [
            () => _ = region.Pointer, () => _ = region.Length, () => _ = region.Span, () => _ = region.AsSpan<int>(), () => _ = region.IsReadOnly,
            () => region.GetReference<int>(), region.MakeReadOnly,
        ])
        {
            Assert.That(use, Throws.TypeOf<ObjectDisposedException>().With.Message.StartsWith("MS7204: The safe region was disposed"));
        }
    }

    [Test]
    public void Disposing_twice_releases_once()
    {
        SafeRegion region = SafeRegion.Allocate(32);
        int before = MemSentryRuntime.Status.LiveRegions;
        region.Dispose();
        region.Dispose();

        Assert.That(MemSentryRuntime.Status.LiveRegions, Is.EqualTo(before - 1));
    }

    [Test]
    public void Views_show_the_same_bytes()
    {
        using SafeRegion region = SafeRegion.Allocate(19);
        region.GetReference<int>() = 0x04030201;
        region.AsSpan<long>()[1] = -1;

        Assert.That(region.AsSpan<long>().Length, Is.EqualTo(2));
        Assert.That(region.Span.ToArray(), Is.EqualTo((byte[])[1, 2, 3, 4, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0]));
    }

    [Test]
    [Covers(RuntimeCode.ViewDoesNotFit)]
    public void A_view_that_does_not_fit_is_refused()
    {
        using SafeRegion small = SafeRegion.Allocate(7);
        using SafeRegion large = SafeRegion.Allocate((nuint)int.MaxValue + 1);

        Assert.That(() => small.GetReference<long>(), Throws.TypeOf<SafeRegionException>().With.Message.EqualTo(
            "MS7207: The safe region has 7 bytes, too few for one Int64 of 8; allocate it larger."));
        Assert.That(() => _ = large.Span, Throws.TypeOf<SafeRegionException>().With.Message.EqualTo(
            "MS7207: The safe region has 2147483648 values of type Byte, more than a span can have; use Pointer and Length."));
        Assert.That(large.AsSpan<long>().Length, Is.EqualTo(1 << 28));
    }

    [Test]
    public void Impossible_requests_are_refused_before_anything_happens()
    {
        Assert.That(() => SafeRegion.Allocate(0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => SafeRegion.Allocate(nuint.MaxValue), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => SafeRegion.Allocate(unchecked((nuint)AddressSpaceLayout.ArenaLength + 1)), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => SafeRegion.Allocate(8, new SafeRegionOptions { Alignment = 0 }), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => SafeRegion.Allocate(8, new SafeRegionOptions { Alignment = 24 }), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    [Covers(RuntimeCode.ArenaFull)]
    public void A_region_as_large_as_the_arena_does_not_fit_and_says_so() => Assert.That(
        () => SafeRegion.Allocate(unchecked((nuint)AddressSpaceLayout.ArenaLength)),
        Throws.InstanceOf<OutOfMemoryException>().With.Message.StartsWith(
            "MS7201: The arena of the safe regions has no room for 68719476736 bytes"));

    [TestCase(1, 1u)]
    [TestCase(3, 64u)]
    [TestCase(100, 4096u)]
    [TestCase(5000, 8192u)]
    [TestCase(10, 1u << 30)]
    public void Alignment_is_obeyed(int size, uint alignment)
    {
        foreach (bool guard in (bool[])[false, true])
        {
            using SafeRegion region = SafeRegion.Allocate((nuint)size, new SafeRegionOptions { Alignment = alignment, GuardAtEnd = guard });

            Assert.That((ulong)region.Pointer % alignment, Is.Zero);
        }
    }

    [Test]
    public void A_guarded_region_ends_at_the_page()
    {
        using SafeRegion region = SafeRegion.Allocate(4099, new SafeRegionOptions { GuardAtEnd = true, Alignment = 1 });

        Assert.That(((ulong)region.Pointer + 4099) % 4096, Is.Zero);
    }

    [Test]
    [Covers(RuntimeCode.RegionSharesPages)]
    public void Only_a_region_with_its_own_pages_becomes_read_only()
    {
        using SafeRegion shared = SafeRegion.Allocate(64, new SafeRegionOptions { Name = "session" });
        using SafeRegion own = SafeRegion.Allocate(64, new SafeRegionOptions { OwnPages = true });
        own.Span.Fill(3);
        own.MakeReadOnly();

        Assert.That((own.IsReadOnly, shared.IsReadOnly, own.Span[63]), Is.EqualTo((true, false, (byte)3)));
        Assert.That(shared.MakeReadOnly, Throws.TypeOf<SafeRegionException>().With.Message.EqualTo(
            "MS7206: The safe region 'session' shares its pages with others and cannot become read-only; allocate it with OwnPages = true."));
    }

    [Test]
    public void Small_regions_share_pages()
    {
        using var arena = new InventedArena();
        IEnumerable<ulong> pages = Enumerable.Range(0, 64).Select(_ => arena.Address(arena.Allocate(32)) / 4096);

        Assert.That(pages.Distinct().Count(), Is.EqualTo(1));
    }
}
