using MemSentry.Allocation;
using MemSentry.Native;

namespace MemSentry.Runtime.Tests;

/// <summary>An arena of its own for one test: small, empty, and nobody else's.</summary>
internal sealed unsafe class InventedArena : IDisposable
{
    private readonly ulong _length;

    public InventedArena(ulong length = 16 << 20)
    {
        _length = length;
        Assert.That(AddressSpace.ReserveAnywhere(length, out ulong start), Is.Null);
        Assert.That(ArenaSetup.Initialize(start, length, pagesAreMapped: true, sealError: -1), Is.Null);
        Header = (ArenaHeader*)start;
    }

    public ArenaHeader* Header { get; }

    public RegionHandle Allocate(ulong length, SafeRegionOptions? options = null) =>
        RegionAllocator.Allocate(Header, RegionRequest.Check((nuint)length, options));

    public void Release(RegionHandle handle) => RegionAllocator.Release(Header, handle);

    public Span<byte> Bytes(RegionHandle handle)
    {
        RegionLocation location = RegionLookup.Locate(Header, handle);
        return new Span<byte>(location.Start, (int)location.Length);
    }

    public ulong Address(RegionHandle handle) => (ulong)RegionLookup.Locate(Header, handle).Start;

    public void Dispose() => Assert.That(AddressSpace.Release((ulong)Header, _length), Is.Null);
}
