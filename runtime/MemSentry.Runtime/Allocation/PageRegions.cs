using MemSentry.Native;

namespace MemSentry.Allocation;

/// <summary>Regions with pages of their own. The caller holds the lock.</summary>
internal static unsafe class PageRegions
{
    public static uint Allocate(ArenaHeader* arena, in RegionRequest request)
    {
        ulong extent = ArenaGeometry.RoundUp(request.Length);
        ulong guard = request.GuardAtEnd ? ArenaGeometry.PageLength : 0;
        uint index = RegionDescriptors.New(arena);
        if (index == 0)
        {
            return 0;
        }

        ulong alignmentInPages = Math.Max(request.Alignment / ArenaGeometry.PageLength, 1);
        uint run = PageRunAllocator.Allocate(arena, (uint)((extent + guard) / ArenaGeometry.PageLength), (uint)alignmentInPages);
        if (run == 0)
        {
            RegionDescriptors.Free(arena, index);
            return 0;
        }

        ulong offset = ArenaHeader.Run(arena, run)->FirstPage * ArenaGeometry.PageLength;
        bool locked;
        try
        {
            // The guard page behind the extent is left as it is: without rights.
            locked = OpenOrReturn(arena, run, offset, extent);
        }
        catch (SafeRegionException)
        {
            RegionDescriptors.Free(arena, index);
            throw;
        }

        RegionDescriptor* region = ArenaHeader.Descriptor(arena, index);
        region->PageRun = run;
        region->ExtentOffset = offset;
        region->ExtentLength = extent;
        region->Offset = request.GuardAtEnd ? offset + ((extent - request.Length) & ~(request.Alignment - 1)) : offset;
        region->Length = request.Length;
        region->Traits = RegionTraits.OwnPages
            | (request.GuardAtEnd ? RegionTraits.GuardAtEnd : RegionTraits.None)
            | (locked ? RegionTraits.Locked : RegionTraits.None);
        return index;
    }

    /// <summary>Overwrites a region's pages, returns them to the kernel and takes all rights from them.</summary>
    public static void Close(ArenaHeader* arena, RegionDescriptor* region)
    {
        if ((region->Traits & RegionTraits.ReadOnly) != 0)
        {
            ArenaPages.SetRights(arena, region->ExtentOffset, region->ExtentLength, MemoryProtection.ReadWrite);
        }

        ArenaPages.Wipe(arena, region->ExtentOffset, region->ExtentLength);
        ArenaPages.Close(arena, region->ExtentOffset, region->ExtentLength, (region->Traits & RegionTraits.Locked) != 0);
    }

    /// <summary>Opens the pages of a fresh run; if the kernel refuses, the run is free again.</summary>
    public static bool OpenOrReturn(ArenaHeader* arena, uint run, ulong offset, ulong length)
    {
        try
        {
            return ArenaPages.Open(arena, offset, length);
        }
        catch (SafeRegionException)
        {
            PageRunAllocator.Release(arena, run);
            throw;
        }
    }
}
