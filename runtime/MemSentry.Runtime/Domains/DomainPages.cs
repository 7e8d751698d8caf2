using MemSentry.Allocation;

namespace MemSentry.Domains;

/// <summary>
/// Which runs of pages open with a domain. The caller holds the lock of the records and has a window of the domain open, so that fresh pages,
/// which are open, agree with the others.
/// </summary>
internal static unsafe class DomainPages
{
    /// <summary>Adds a run, sorted by address: neighbours then open with one system call.</summary>
    /// <param name="arena">The arena.</param>
    /// <param name="domain">Index of the domain.</param>
    /// <param name="run">The run.</param>
    /// <param name="openLength">Bytes of it that open; what follows is a guard.</param>
    public static void Add(ArenaHeader* arena, int domain, uint run, ulong openLength)
    {
        PageRun* added = ArenaHeader.Run(arena, run);
        ArenaLockWord.Take(arena, ArenaLockWord.Windows);
        added->OpenPages = (uint)(openLength / ArenaGeometry.PageLength);
        added->IsReadOnly = 0;
        uint* link = &DomainTable.At(arena, domain)->FirstRun;
        while (*link != 0 && ArenaHeader.Run(arena, *link)->FirstPage < added->FirstPage)
        {
            link = &ArenaHeader.Run(arena, *link)->NextInDomain;
        }

        added->NextInDomain = *link;
        *link = run;
        ArenaLockWord.Release(arena, ArenaLockWord.Windows);
    }

    /// <summary>Has more of a run open, from its first page on.</summary>
    public static void Extend(ArenaHeader* arena, uint run, ulong openLength)
    {
        ArenaLockWord.Take(arena, ArenaLockWord.Windows);
        ArenaHeader.Run(arena, run)->OpenPages = (uint)(openLength / ArenaGeometry.PageLength);
        ArenaLockWord.Release(arena, ArenaLockWord.Windows);
    }

    /// <summary>Takes a run out, whose pages are being given up.</summary>
    public static void Remove(ArenaHeader* arena, int domain, uint run)
    {
        ArenaLockWord.Take(arena, ArenaLockWord.Windows);
        uint* link = &DomainTable.At(arena, domain)->FirstRun;
        while (*link != run && *link != 0)
        {
            link = &ArenaHeader.Run(arena, *link)->NextInDomain;
        }

        if (*link != 0)
        {
            *link = ArenaHeader.Run(arena, run)->NextInDomain;
        }

        ArenaLockWord.Release(arena, ArenaLockWord.Windows);
    }

    /// <summary>Says whether windows may ever make a run writable again.</summary>
    public static void SetReadOnly(ArenaHeader* arena, uint run, bool isReadOnly)
    {
        ArenaLockWord.Take(arena, ArenaLockWord.Windows);
        ArenaHeader.Run(arena, run)->IsReadOnly = isReadOnly ? 1u : 0u;
        ArenaLockWord.Release(arena, ArenaLockWord.Windows);
    }
}
