using System.Diagnostics;
using MemSentry.Crypt;
using MemSentry.Domains;
using MemSentry.Native;

namespace MemSentry.Allocation;

/// <summary>
/// Makes and releases regions: small ones in slots of shared slabs, large and special ones on pages of their own. Every member takes
/// the arena's lock itself.
/// </summary>
internal static unsafe class RegionAllocator
{
    /// <exception cref="InsufficientMemoryException">The arena has no room.</exception>
    /// <exception cref="SafeRegionException">The region is refused; the message says why.</exception>
    public static RegionHandle Allocate(ArenaHeader* arena, in RegionRequest request) =>
        TryAllocate(arena, request, out RegionHandle handle) is { } refusal ? throw refusal : handle;

    /// <summary>Ends a region: no pointer can be had any more, its bytes are overwritten, its memory waits in the quarantine.</summary>
    /// <exception cref="SafeRegionException">The handle was forged, or (after all is done) the canaries were overwritten.</exception>
    public static void Release(ArenaHeader* arena, RegionHandle handle)
    {
        if (TryRelease(arena, handle) is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>Forbids writes to a region with pages of its own.</summary>
    /// <exception cref="SafeRegionException">It is refused; the message says why.</exception>
    public static void MakeReadOnly(ArenaHeader* arena, RegionHandle handle)
    {
        if (TryMakeReadOnly(arena, handle) is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>Notes that nobody can dispose the region any more. Does nothing if the handle does not fit.</summary>
    public static void Abandon(ArenaHeader* arena, RegionHandle handle)
    {
        using ArenaLock held = ArenaLock.EnterToChange(arena);
        if (RegionLookup.TryFind(arena, handle, out RegionDescriptor* region) && (region->Traits & RegionTraits.Abandoned) == 0)
        {
            region->Traits |= RegionTraits.Abandoned;
            arena->AbandonedCount++;
        }
    }

    private static Exception? TryAllocate(ArenaHeader* arena, in RegionRequest request, out RegionHandle handle)
    {
        handle = default;
        using ArenaLock held = ArenaLock.EnterToChange(arena);
        if (DomainTable.FindOrAdd(arena, request.Domain, method: null, out int domain) is { } noDomain)
        {
            return noDomain;
        }

        bool isEncrypted = DomainTable.At(arena, domain)->Method == DomainMethod.Encryption;
        RegionRequest placed = isEncrypted ? request with { LengthBefore = RegionCiphers.LengthBefore(request.Alignment) } : request;
        Exception? refusal = isEncrypted ? RegionCiphers.Refuse(request) : null;
        refusal ??= isEncrypted || request.GuardAtEnd ? MappingBudget.Refuse(arena) : null;
        if (refusal is not null)
        {
            return refusal;
        }

        using var window = new AllocatorWindow(arena, domain);
        if (!window.IsOpen)
        {
            return Windows.TooMany();
        }

        uint index = Place(arena, domain, placed);
        while (index == 0 && Recycle(arena))
        {
            // Reusing memory early is worse than late, but better than failing.
            index = Place(arena, domain, placed);
        }

        if (index == 0)
        {
            return new InsufficientMemoryException(
                $"MS{(int)RuntimeCode.ArenaFull}: The arena of the safe regions has no room for {request.Length} bytes " +
                $"({arena->LiveCount} of at most {arena->Geometry.RegionCapacity - 1} regions hold {arena->LiveBytes} bytes); " +
                "dispose regions that are no longer needed.");
        }

        if (isEncrypted)
        {
            Encrypt(arena, index, request);
        }

        handle = Begin(arena, index, request.Name);
        return null;
    }

    private static RegionHandle Begin(ArenaHeader* arena, uint index, string name)
    {
        RegionDescriptor* region = ArenaHeader.Descriptor(arena, index);
        region->State = RegionState.Live;
        region->Next = 0;
        region->Generation++;
        RegionNames.Write(region, name);
        Canary.Write(arena, region);
        arena->LiveCount++;
        arena->LiveBytes += region->Length;

        // Last: from here on a handle fits.
        ulong ticket = (ulong)region->Generation << 32 | ArenaRandom.Next(arena);
        Volatile.Write(ref region->Ticket, ticket);
        return new RegionHandle(index, ticket);
    }

    private static Exception? TryRelease(ArenaHeader* arena, RegionHandle handle)
    {
        using ArenaLock held = ArenaLock.EnterToChange(arena);
        if (!RegionLookup.TryFind(arena, handle, out RegionDescriptor* region))
        {
            Exception cause = RegionLookup.NotFound(arena, handle);
            return cause is ObjectDisposedException ? null : cause;
        }

        using var window = new AllocatorWindow(arena, region->Domain);
        if (!window.IsOpen)
        {
            return Windows.TooMany();
        }

        // Before the bytes are overwritten, which takes the canaries along.
        bool intact = Canary.IsIntact(arena, region);
        if (End(arena, handle.Index) is { } refused)
        {
            return ArenaPages.Refused(refused);
        }

        return intact
            ? null
            : new SafeRegionException(
                RuntimeCode.CanaryBroken,
                $"Something wrote outside the safe region '{RegionNames.Read(region)}' of {region->Length} bytes; look for an overflow in " +
                "whitelisted code (GuardAtEnd = true finds the instruction).");
    }

    private static Exception? TryMakeReadOnly(ArenaHeader* arena, RegionHandle handle)
    {
        using ArenaLock held = ArenaLock.EnterToChange(arena);
        if (!RegionLookup.TryFind(arena, handle, out RegionDescriptor* region))
        {
            return RegionLookup.NotFound(arena, handle);
        }

        if ((region->Traits & RegionTraits.OwnPages) == 0)
        {
            return new SafeRegionException(
                RuntimeCode.RegionSharesPages,
                $"The safe region '{RegionNames.Read(region)}' shares its pages with others and cannot become read-only; " +
                "allocate it with OwnPages = true.");
        }

        if ((region->Traits & RegionTraits.Encrypted) != 0)
        {
            return new SafeRegionException(
                RuntimeCode.EncryptedInPlace,
                $"The safe region '{RegionNames.Read(region)}' belongs to a domain of the method crypt and cannot become read-only, because each window " +
                "decrypts and encrypts it in place; put it into a domain of the method mprotect.");
        }

        if (MappingBudget.Refuse(arena, region->Traits) is { } spent)
        {
            return spent;
        }

        using var window = new AllocatorWindow(arena, region->Domain);
        if (!window.IsOpen)
        {
            return Windows.TooMany();
        }

        // First of all the record: a window that another thread opens meanwhile must not give the right to write back.
        DomainPages.SetReadOnly(arena, region->PageRun, isReadOnly: true);
        if (ArenaPages.TrySetRights(arena, region->ExtentOffset, region->ExtentLength, MemoryProtection.Read) is { } refused)
        {
            DomainPages.SetReadOnly(arena, region->PageRun, isReadOnly: (region->Traits & RegionTraits.ReadOnly) != 0);
            return ArenaPages.Refused(refused);
        }

        MappingBudget.Add(arena, region, RegionTraits.ReadOnly);
        return null;
    }

    /// <summary>Has a region that was placed hold ciphertext, or gives its place back.</summary>
    private static void Encrypt(ArenaHeader* arena, uint index, in RegionRequest request)
    {
        bool isDone = false;
        try
        {
            RegionCiphers.Begin(arena, index, request);
            isDone = true;
        }
        finally
        {
            RegionDescriptor* region = ArenaHeader.Descriptor(arena, index);
            if (!isDone && (region->PageRun == 0 || PageRegions.Close(arena, region) is null))
            {
                Reuse(arena, index);
            }
        }
    }

    private static SystemCallFailure? End(ArenaHeader* arena, uint index)
    {
        RegionDescriptor* region = ArenaHeader.Descriptor(arena, index);

        // Not live from here on, even if the kernel refuses to close the pages: then they are never used again.
        Volatile.Write(ref region->Ticket, 0);
        region->State = RegionState.Unused;
        arena->LiveCount--;
        arena->LiveBytes -= region->Length;
        arena->AbandonedCount -= (region->Traits & RegionTraits.Abandoned) == 0 ? 0u : 1u;
        SystemCallFailure? codeStayed = (region->Traits & RegionTraits.Encrypted) == 0 ? null : RegionCiphers.End(arena, index);
        SystemCallFailure? pagesStayed = null;
        if (region->PageRun == 0)
        {
            MappingBudget.Remove(arena, region);
            ArenaPages.Wipe(arena, region->ExtentOffset, region->ExtentLength);
        }
        else
        {
            pagesStayed = PageRegions.Close(arena, region);
        }

        if (pagesStayed is null)
        {
            SetAside(arena, index);
        }

        return codeStayed ?? pagesStayed;
    }

    private static void SetAside(ArenaHeader* arena, uint index)
    {
        if (ArenaHeader.Descriptor(arena, index)->ExtentLength > Quarantine.MaximumBytes)
        {
            // It would drive all others out. Its pages have no rights until they are reused, so a stale pointer faults anyway.
            Reuse(arena, index);
            return;
        }

        Quarantine.Add(arena, index);
        while (Quarantine.IsOverfull(arena))
        {
            Recycle(arena);
        }
    }

    private static uint Place(ArenaHeader* arena, int domain, in RegionRequest request)
    {
        int sizeClass = request.OwnPages || request.GuardAtEnd
            ? -1
            : SizeClasses.Find(request.LengthBefore + request.Length + Canary.MinimumInSlot, request.Alignment);
        return sizeClass < 0 ? PageRegions.Allocate(arena, domain, request) : Slots.Allocate(arena, domain, sizeClass, request);
    }

    /// <summary>Makes the memory of the region that has waited longest usable again.</summary>
    private static bool Recycle(ArenaHeader* arena)
    {
        uint index = Quarantine.RemoveOldest(arena);
        if (index == 0)
        {
            return false;
        }

        Reuse(arena, index);
        return true;
    }

    private static void Reuse(ArenaHeader* arena, uint index)
    {
        RegionDescriptor* region = ArenaHeader.Descriptor(arena, index);
        Debug.Assert(region->Ticket == 0, "only released regions are reused");
        if (region->PageRun == 0)
        {
            Slots.Free(arena, index);
        }
        else
        {
            PageRunAllocator.Release(arena, region->PageRun);
            RegionDescriptors.Free(arena, index);
        }
    }
}
