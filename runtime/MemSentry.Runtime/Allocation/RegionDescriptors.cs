namespace MemSentry.Allocation;

/// <summary>Hands out descriptors. The caller holds the lock.</summary>
internal static unsafe class RegionDescriptors
{
    /// <summary>A descriptor that stands for nothing, its generation as its last region left it; zero if the table is full.</summary>
    public static uint New(ArenaHeader* arena)
    {
        uint index = arena->FirstUnusedDescriptor;
        if (index != 0)
        {
            RegionDescriptor* reused = ArenaHeader.Descriptor(arena, index);
            arena->FirstUnusedDescriptor = reused->Next;

            // Field by field: readers without the lock may look at ticket and generation at any time.
            reused->PageRun = 0;
            reused->Next = 0;
            reused->Traits = RegionTraits.None;
            return index;
        }

        if (arena->DescriptorCount == arena->Geometry.RegionCapacity)
        {
            return 0;
        }

        index = arena->DescriptorCount;
        ArenaTables.Grow(
            arena, arena->Geometry.RegionTable, ref arena->DescriptorBytesCommitted, (index + 1UL) * (ulong)sizeof(RegionDescriptor));
        arena->DescriptorCount++;
        return index;
    }

    public static void Free(ArenaHeader* arena, uint index)
    {
        RegionDescriptor* region = ArenaHeader.Descriptor(arena, index);
        region->State = RegionState.Unused;

        // A generation that has come round could make a very old handle fit again: such a descriptor is retired.
        if (region->Generation != uint.MaxValue)
        {
            region->Next = arena->FirstUnusedDescriptor;
            arena->FirstUnusedDescriptor = index;
        }
    }
}
