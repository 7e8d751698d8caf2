using MemSentry.CompilerServices;

namespace MemSentry.Runtime.Tests;

/// <summary>What the API promises, in this process's own arena.</summary>
public sealed unsafe class SafeRegionTests
{
    [OneTimeSetUp]
    public void StartAsWovenModule() => WovenModule.Start("MemSentry.Runtime.Tests", AddressSpaceLayout.Version, "ProtMethod=mpx;Rw=rw");

    [TestCase(1)]
    [TestCase(32)]
    [TestCase(4088)]
    [TestCase(4089)]
    [TestCase(4096)]
    [TestCase(1_000_000)]
    public void A_region_is_zero_and_lies_in_the_arena(int size)
    {
        using SafeRegion region = SafeRegion.Allocate((nuint)size);

        Assert.That((ulong)region.Pointer >> AddressSpaceLayout.BlockShift, Is.EqualTo((ulong)AddressSpaceLayout.BlockIndex));
        Assert.That(region.Length, Is.EqualTo((nuint)size));
        Assert.That(region.Span.Length, Is.EqualTo(size));
        Assert.That(region.Span.IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
        region.Span.Fill(0xa5);
        Assert.That(region.Pointer[size - 1], Is.EqualTo(0xa5));
    }

    [Test]
    public void A_disposed_region_gives_no_pointer()
    {
        SafeRegion region = SafeRegion.Allocate(32);
        region.Dispose();

        Assert.That(() => region.Length, Throws.TypeOf<ObjectDisposedException>().With.Message.Contains("MS7204"));
        Assert.That(region.Dispose, Throws.Nothing);
    }
}
