using MemSentry.Domains;
using MemSentry.Native;

namespace MemSentry.Allocation;

/// <summary>Regions with pages of their own. The caller holds the lock.</summary>
internal static unsafe class PageRegions
{
    /// <returns>The descriptor; zero if pages or descriptors have run out.</returns>
    public static uint Allocate(ArenaHeader* arena, int domain, in RegionRequest request)
    {
        uint index = RegionDescriptors.New(arena);
        bool isPlaced = false;
        try
        {
            isPlaced = index != 0 && TryPlace(arena, domain, ArenaHeader.Descriptor(arena, index), request);
        }
        finally
        {
            if (index != 0 && !isPlaced)
            {
                RegionDescriptors.Free(arena, index);
            }
        }

        return isPlaced ? index : 0;
    }

    private static bool TryPlace(ArenaHeader* arena, int domain, RegionDescriptor* region, in RegionRequest request)
    {
        ulong extent = ArenaGeometry.RoundUp(request.LengthBefore + request.Length);
        ulong guard = request.GuardAtEnd ? ArenaGeometry.PageLength : 0;
        ulong alignmentInPages = Math.Max(request.Alignment / ArenaGeometry.PageLength, 1);
        uint run = PageRunAllocator.Allocate(arena, (uint)((extent + guard) / ArenaGeometry.PageLength), (uint)alignmentInPages);
        if (run == 0)
        {
            return false;
        }

        // The guard page behind the extent is left as it is: without rights.
        ulong offset = ArenaHeader.Run(arena, run)->FirstPage * ArenaGeometry.PageLength;
        bool locked = OpenOrReturn(arena, domain, run, offset, extent);
        DomainPages.Add(arena, domain, run, extent);
        region->Domain = (byte)domain;
        region->PageRun = run;
        region->ExtentOffset = offset;
        region->ExtentLength = extent;
        region->Offset = request.GuardAtEnd ? offset + ((extent - request.Length) & ~(request.Alignment - 1)) : offset + request.LengthBefore;
        region->Length = request.Length;
        region->Traits = RegionTraits.OwnPages | (locked ? RegionTraits.Locked : RegionTraits.None);
        MappingBudget.Add(arena, region, request.GuardAtEnd ? RegionTraits.GuardAtEnd : RegionTraits.None);
        return true;
    }

    /// <summary>Overwrites a region's pages, returns them to the kernel and takes all rights from them.</summary>
    /// <returns>What the kernel refused; the pages must not be used again then.</returns>
    public static SystemCallFailure? Close(ArenaHeader* arena, RegionDescriptor* region)
    {
        SystemCallFailure? unwritable = null;
        if ((region->Traits & RegionTraits.ReadOnly) != 0)
        {
            DomainPages.SetReadOnly(arena, region->PageRun, isReadOnly: false);
            unwritable = ArenaPages.TrySetRights(arena, region->ExtentOffset, region->ExtentLength, MemoryProtection.ReadWrite);
        }

        MappingBudget.Remove(arena, region);
        DomainPages.Remove(arena, region->Domain, region->PageRun);
        if (unwritable is null)
        {
            ArenaPages.WipeTouched(arena, region->ExtentOffset, region->ExtentLength);
        }

        // What could not be overwritten goes with the pages, if the kernel takes them.
        return ArenaPages.Close(arena, region->Domain, region->ExtentOffset, region->ExtentLength, (region->Traits & RegionTraits.Locked) != 0);
    }

    /// <summary>Opens the pages of a fresh run; if the kernel refuses, the run is free again.</summary>
    public static bool OpenOrReturn(ArenaHeader* arena, int domain, uint run, ulong offset, ulong length)
    {
        try
        {
            return ArenaPages.Open(arena, domain, offset, length);
        }
        catch (SafeRegionException)
        {
            PageRunAllocator.Release(arena, run);
            throw;
        }
    }
}
