using MemSentry.Domains;

namespace MemSentry.Allocation;

/// <summary>
/// Where the slabs of a domain lie: side by side, in runs of pages with room for sixteen of them, so that a window opens them with one system call and not with one for each.
/// The rest of a run has no rights yet, and costs addresses only. The caller holds the lock.
/// </summary>
internal static unsafe class SlabArea
{
    private const ulong Length = 16 * SizeClasses.SlabLength;

    /// <summary>Opens the pages of a slab.</summary>
    /// <returns>Their offset in the arena; zero if there is no room.</returns>
    /// <exception cref="SafeRegionException">The kernel refuses.</exception>
    public static ulong Open(ArenaHeader* arena, int domain)
    {
        Domain* slabs = DomainTable.At(arena, domain);
        uint run = slabs->SlabRun;
        bool isNew = run == 0 || ArenaHeader.Run(arena, run)->OpenPages == ArenaHeader.Run(arena, run)->PageCount;
        run = isNew ? NewRun(arena) : run;
        if (run == 0)
        {
            return 0;
        }

        ulong opened = isNew ? 0 : ArenaHeader.Run(arena, run)->OpenPages * ArenaGeometry.PageLength;
        ulong offset = (ArenaHeader.Run(arena, run)->FirstPage * ArenaGeometry.PageLength) + opened;
        bool isLocked = isNew ? PageRegions.OpenOrReturn(arena, domain, run, offset, SizeClasses.SlabLength) : ArenaPages.Open(arena, domain, offset, SizeClasses.SlabLength);
        if (slabs->Method != DomainMethod.PagePermissions && ArenaPages.Seal(arena, offset, SizeClasses.SlabLength) is { } refused)
        {
            GiveBack(arena, domain, run, offset, isLocked);
            throw ArenaPages.Refused(refused);
        }

        if (isNew)
        {
            DomainPages.Add(arena, domain, run, SizeClasses.SlabLength);
            slabs->SlabRun = run;
        }
        else
        {
            DomainPages.Extend(arena, run, opened + SizeClasses.SlabLength);
        }

        return offset;
    }

    /// <summary>A run for many slabs; for one, if the arena is too full for more.</summary>
    private static uint NewRun(ArenaHeader* arena)
    {
        uint run = PageRunAllocator.Allocate(arena, (uint)(Length / ArenaGeometry.PageLength), 1);
        return run != 0 ? run : PageRunAllocator.Allocate(arena, (uint)(SizeClasses.SlabLength / ArenaGeometry.PageLength), 1);
    }

    /// <summary>Takes back the rights of pages that could not be sealed. If that is refused too, nothing lies there ever.</summary>
    private static void GiveBack(ArenaHeader* arena, int domain, uint run, ulong offset, bool isLocked)
    {
        Domain* slabs = DomainTable.At(arena, domain);
        bool isClosed = ArenaPages.Close(arena, domain, offset, SizeClasses.SlabLength, isLocked) is null;
        if (slabs->SlabRun != run && isClosed)
        {
            PageRunAllocator.Release(arena, run);
        }
        else if (slabs->SlabRun == run && !isClosed)
        {
            slabs->SlabRun = 0;
        }
    }
}
