namespace MemSentry.Allocation;

/// <summary>From what the outside claims - a handle, an address - to the descriptor that the arena knows.</summary>
internal static unsafe class RegionLookup
{
    /// <exception cref="ObjectDisposedException">The handle's region was released.</exception>
    /// <exception cref="SafeRegionException">The handle never was one.</exception>
    public static RegionDescriptor* Find(ArenaHeader* arena, RegionHandle handle)
    {
        if (TryFind(arena, handle, out RegionDescriptor* region))
        {
            return region;
        }

        throw NotFound(arena, handle);
    }

    public static bool TryFind(ArenaHeader* arena, RegionHandle handle, out RegionDescriptor* region)
    {
        region = null;
        if (handle.Ticket == 0 || handle.Index >= Volatile.Read(ref arena->DescriptorCount))
        {
            return false;
        }

        RegionDescriptor* claimed = ArenaHeader.Descriptor(arena, handle.Index);
        if (Volatile.Read(ref claimed->Ticket) != handle.Ticket)
        {
            return false;
        }

        region = claimed;
        return true;
    }

    /// <summary>
    /// Where a region lies. Takes no lock: the ticket is read before and after, so that a region which another thread releases and
    /// replaces meanwhile is not mistaken for this one.
    /// </summary>
    public static RegionLocation Locate(ArenaHeader* arena, RegionHandle handle)
    {
        RegionDescriptor* region = Find(arena, handle);
        var location = new RegionLocation((byte*)arena + region->Offset, (nuint)region->Length, region->Traits);
        if (Volatile.Read(ref region->Ticket) != handle.Ticket)
        {
            throw NotFound(arena, handle);
        }

        return location;
    }

    /// <summary>The live region that an address lies in; null for none. The caller holds the lock.</summary>
    /// <remarks>Looks at every descriptor: only reports ask, and an index would be one more thing to keep right.</remarks>
    public static RegionDescriptor* FindByAddress(ArenaHeader* arena, nuint address)
    {
        ulong offset = address - (nuint)arena;
        for (uint i = 1; i < arena->DescriptorCount; i++)
        {
            RegionDescriptor* region = ArenaHeader.Descriptor(arena, i);
            if (region->State == RegionState.Live && offset - region->Offset < region->Length)
            {
                return region;
            }
        }

        return null;
    }

    /// <summary>Tells a stale handle, whose generation was once handed out, from one that never can have been.</summary>
    public static Exception NotFound(ArenaHeader* arena, RegionHandle handle)
    {
        bool wasHandedOut = handle.Index != 0 && handle.Ticket != 0 && handle.Index < Volatile.Read(ref arena->DescriptorCount)
            && IsPast(ArenaHeader.Descriptor(arena, handle.Index), (uint)(handle.Ticket >> 32));
        return wasHandedOut
            ? new ObjectDisposedException(nameof(SafeRegion), $"MS{(int)RuntimeCode.RegionDisposed}: The safe region was disposed; allocate another.")
            : new SafeRegionException(
                RuntimeCode.HandleNotValid,
                "This SafeRegion object stands for no region: its fields were overwritten in memory; look for the bug that did it.");
    }

    /// <summary>Asks the ticket, which release clears first, not the state: another thread may be in the middle of releasing.</summary>
    private static bool IsPast(RegionDescriptor* region, uint generation)
    {
        uint current = Volatile.Read(ref region->Generation);
        return generation < current || (generation == current && Volatile.Read(ref region->Ticket) == 0);
    }
}
