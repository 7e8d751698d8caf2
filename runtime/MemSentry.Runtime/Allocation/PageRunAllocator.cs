namespace MemSentry.Allocation;

/// <summary>
/// Hands out runs of pages, first fit, and joins neighbours again. Runs are few - slabs serve the small regions - so lists suffice.
/// The caller holds the lock.
/// </summary>
internal static unsafe class PageRunAllocator
{
    /// <summary>Makes the whole data area one free run.</summary>
    public static void Initialize(ArenaHeader* arena)
    {
        arena->RunCount = 1;
        uint all = NewRecord(arena);
        PageRun* run = ArenaHeader.Run(arena, all);
        run->FirstPage = (uint)(arena->Geometry.Data / ArenaGeometry.PageLength);
        run->PageCount = (uint)((arena->Geometry.Length - arena->Geometry.Data) / ArenaGeometry.PageLength);
        AddFree(arena, all);
    }

    /// <summary>A run of exactly so many pages whose first one is aligned; zero if there is none.</summary>
    /// <param name="arena">The arena.</param>
    /// <param name="pages">At least 1.</param>
    /// <param name="alignment">Of the address, in pages; a power of two.</param>
    public static uint Allocate(ArenaHeader* arena, uint pages, uint alignment)
    {
        // A substitute arena lies anywhere, so addresses are aligned, not offsets.
        ulong origin = (ulong)arena / ArenaGeometry.PageLength;
        for (uint i = arena->FirstFreeRun; i != 0; i = ArenaHeader.Run(arena, i)->NextFree)
        {
            PageRun* run = ArenaHeader.Run(arena, i);
            ulong skipped = (0 - (origin + run->FirstPage)) & (alignment - 1UL);
            if (skipped + pages > run->PageCount)
            {
                continue;
            }

            // Split first, take afterwards: if the table of records is full, the list is still whole.
            uint taken = skipped == 0 ? i : Split(arena, i, (uint)skipped);
            if (taken == 0 || (ArenaHeader.Run(arena, taken)->PageCount > pages && Split(arena, taken, pages) == 0))
            {
                return 0;
            }

            RemoveFree(arena, taken);
            return taken;
        }

        return 0;
    }

    public static void Release(ArenaHeader* arena, uint index)
    {
        AddFree(arena, index);
        PageRun* run = ArenaHeader.Run(arena, index);
        JoinWithNext(arena, index);
        if (run->Previous != 0 && ArenaHeader.Run(arena, run->Previous)->IsFree != 0)
        {
            JoinWithNext(arena, run->Previous);
        }
    }

    /// <summary>Cuts a free run after so many pages; both parts are free.</summary>
    /// <returns>The second part; zero if the table is full.</returns>
    private static uint Split(ArenaHeader* arena, uint index, uint pages)
    {
        uint rest = NewRecord(arena);
        if (rest == 0)
        {
            return 0;
        }

        PageRun* front = ArenaHeader.Run(arena, index);
        PageRun* back = ArenaHeader.Run(arena, rest);
        back->FirstPage = front->FirstPage + pages;
        back->PageCount = front->PageCount - pages;
        back->Previous = index;
        back->Next = front->Next;
        front->PageCount = pages;
        front->Next = rest;
        if (back->Next != 0)
        {
            ArenaHeader.Run(arena, back->Next)->Previous = rest;
        }

        AddFree(arena, rest);
        return rest;
    }

    private static void JoinWithNext(ArenaHeader* arena, uint index)
    {
        PageRun* run = ArenaHeader.Run(arena, index);
        uint next = run->Next;
        if (next == 0 || ArenaHeader.Run(arena, next)->IsFree == 0)
        {
            return;
        }

        PageRun* gone = ArenaHeader.Run(arena, next);
        RemoveFree(arena, next);
        run->PageCount += gone->PageCount;
        run->Next = gone->Next;
        if (run->Next != 0)
        {
            ArenaHeader.Run(arena, run->Next)->Previous = index;
        }

        gone->NextFree = arena->FirstUnusedRun;
        arena->FirstUnusedRun = next;
    }

    private static void AddFree(ArenaHeader* arena, uint index)
    {
        PageRun* run = ArenaHeader.Run(arena, index);
        run->IsFree = 1;
        run->PreviousFree = 0;
        run->NextFree = arena->FirstFreeRun;
        if (run->NextFree != 0)
        {
            ArenaHeader.Run(arena, run->NextFree)->PreviousFree = index;
        }

        arena->FirstFreeRun = index;
    }

    private static void RemoveFree(ArenaHeader* arena, uint index)
    {
        PageRun* run = ArenaHeader.Run(arena, index);
        run->IsFree = 0;
        if (run->NextFree != 0)
        {
            ArenaHeader.Run(arena, run->NextFree)->PreviousFree = run->PreviousFree;
        }

        (run->PreviousFree == 0 ? ref arena->FirstFreeRun : ref ArenaHeader.Run(arena, run->PreviousFree)->NextFree) = run->NextFree;
    }

    private static uint NewRecord(ArenaHeader* arena)
    {
        uint index = arena->FirstUnusedRun;
        if (index != 0)
        {
            arena->FirstUnusedRun = ArenaHeader.Run(arena, index)->NextFree;
        }
        else if (arena->RunCount < arena->Geometry.RunCapacity)
        {
            index = arena->RunCount;
            ArenaTables.Grow(arena, arena->Geometry.RunTable, ref arena->RunBytesCommitted, (index + 1UL) * (ulong)sizeof(PageRun));
            arena->RunCount++;
        }

        if (index != 0)
        {
            *ArenaHeader.Run(arena, index) = default;
        }

        return index;
    }
}
