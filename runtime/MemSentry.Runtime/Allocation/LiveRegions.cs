namespace MemSentry.Allocation;

/// <summary>Lists what was not disposed.</summary>
internal static unsafe class LiveRegions
{
    public static IReadOnlyList<LiveRegion> List(ArenaHeader* arena)
    {
        var regions = new List<LiveRegion>();
        using ArenaLock held = ArenaLock.Enter(arena);
        for (uint i = 1; i < arena->DescriptorCount; i++)
        {
            RegionDescriptor* region = ArenaHeader.Descriptor(arena, i);
            if (region->State == RegionState.Live)
            {
                regions.Add(new LiveRegion(
                    RegionNames.Read(region),
                    region->Length,
                    (region->Traits & RegionTraits.Abandoned) != 0,
                    CreationStacks.Find(new RegionHandle(i, region->Ticket))));
            }
        }

        return regions;
    }
}
