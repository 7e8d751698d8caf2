using System.Runtime.InteropServices;
using MemSentry.Allocation;
using MemSentry.Native;
using MemSentry.Startup;

namespace MemSentry.Runtime.Tests;

/// <summary>Regions on a system whose memory we cannot map: the fallback elsewhere than on Linux, tried here on invented facts.</summary>
public sealed unsafe class SubstituteArenaTests
{
    [Test]
    public void Regions_work_in_ordinary_memory()
    {
        ArenaHeader* arena = SubstituteArena.Create(MachineFacts.Read() with { IsLinux = false });
        Assert.That(arena->PagesAreMapped, Is.Zero);

        for (int i = 1; i < 3000; i++)
        {
            RegionHandle handle = RegionAllocator.Allocate(arena, RegionRequest.Check((nuint)(i * 11), new SafeRegionOptions { Name = "substitute" }));
            RegionLocation location = RegionLookup.Locate(arena, handle);
            var bytes = new Span<byte>(location.Start, (int)location.Length);
            Assert.That(bytes.IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
            bytes.Fill(0x33);
            RegionAllocator.Release(arena, handle);
        }

        Assert.That(arena->LiveCount, Is.Zero);
        NativeMemory.AlignedFree(arena);
    }
}
