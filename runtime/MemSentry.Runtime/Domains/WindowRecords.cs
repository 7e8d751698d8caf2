using System.Runtime.InteropServices;
using MemSentry.Allocation;

namespace MemSentry.Domains;

/// <summary>
/// Who has which window open. These pages have rights only while a window is open, so what they say can be believed: all else that the runtime
/// remembers about windows lies in memory that anybody can write, and only saves system calls. The caller holds <see cref="ArenaLockWord.Windows"/>.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct WindowRecords
{
    /// <summary>Bytes of the pages.</summary>
    public const ulong TotalLength = 512 * 1024;

    private const int ThreadsStart = 4096;
    private const int EntriesStart = 32 * 1024;
    private const int MaximumThreads = (EntriesStart - ThreadsStart) / 8;
    private const int RegionsStart = 320 * 1024;
    private const uint MaximumEntries = (RegionsStart - EntriesStart) / 32;
    private const uint MaximumRegions = ((uint)TotalLength - RegionsStart) / 8;

    /// <summary>1 while a thread is here.</summary>
    public int IsChanging;

    /// <summary>Open windows of all threads.</summary>
    public int Open;

    private fixed int _readers[DomainTable.Capacity];
    private fixed int _writers[DomainTable.Capacity];
    private int _threads;
    private uint _entries;
    private uint _freeEntry;
    private uint _regions;
    private uint _freeRegion;

    public static WindowRecords* Of(ArenaHeader* arena) => (WindowRecords*)((byte*)arena + arena->Geometry.Windows);

    /// <summary>What all open windows of a domain allow together.</summary>
    public readonly WindowRights RightsOf(int domain) =>
        _writers[domain] > 0 ? WindowRights.ReadWrite : _readers[domain] > 0 ? WindowRights.Read : WindowRights.None;

    /// <summary>The records of a thread, which gets a place if it has none; null if all are taken.</summary>
    public static ThreadWindows* Find(WindowRecords* records, int thread, bool add)
    {
        ThreadWindows* first = (ThreadWindows*)((byte*)records + ThreadsStart);
        ThreadWindows* free = null;
        for (int i = 0; i < records->_threads; i++)
        {
            if (first[i].Thread == thread)
            {
                return first + i;
            }

            free = free == null && first[i].Thread == 0 ? first + i : free;
        }

        if (!add || (free == null && records->_threads == MaximumThreads))
        {
            return null;
        }

        free = free == null ? first + records->_threads++ : free;
        free->Thread = thread;
        free->First = 0;
        return free;
    }

    public static WindowEntry* Entry(WindowRecords* records, uint index) => (WindowEntry*)((byte*)records + EntriesStart) + index;

    public static WindowedRegion* Region(WindowRecords* records, uint index) => (WindowedRegion*)((byte*)records + RegionsStart) + index;

    /// <summary>Puts an open window before the others of a thread.</summary>
    /// <param name="records">The records.</param>
    /// <param name="thread">The thread's.</param>
    /// <param name="domain">Index of the domain.</param>
    /// <param name="rights">Its rights.</param>
    /// <param name="frame">The gate's frame.</param>
    /// <param name="outer">See <see cref="WindowEntry.Outer"/>.</param>
    /// <returns>Whether there was room.</returns>
    public static bool Push(WindowRecords* records, ThreadWindows* thread, int domain, WindowRights rights, nuint frame, uint outer)
    {
        uint index = records->_freeEntry;
        if (index != 0)
        {
            records->_freeEntry = Entry(records, index)->Next;
        }
        else if (records->_entries + 1 < MaximumEntries)
        {
            // Index 0 stands for none.
            index = ++records->_entries;
        }
        else
        {
            return false;
        }

        *Entry(records, index) = new WindowEntry { Frame = frame, Next = thread->First, Domain = (byte)domain, Rights = (byte)rights, Outer = outer };
        thread->First = index;
        records->Count(domain, rights, 1);
        return true;
    }

    /// <summary>Takes the newest window of a thread away.</summary>
    public static void Pop(WindowRecords* records, ThreadWindows* thread)
    {
        uint index = thread->First;
        WindowEntry* entry = Entry(records, index);
        if (entry->SuspendedBy == 0)
        {
            records->Count(entry->Domain, (WindowRights)entry->Rights, -1);
        }

        while (entry->FirstRegion != 0)
        {
            entry->FirstRegion = records->Free(entry->FirstRegion);
        }

        thread->First = entry->Next;
        entry->Next = records->_freeEntry;
        records->_freeEntry = index;
        thread->Thread = thread->First == 0 ? 0 : thread->Thread;
    }

    /// <summary>Says of a window who has suspended it, or with zero that nobody has.</summary>
    public static void Suspend(WindowRecords* records, WindowEntry* entry, nuint by)
    {
        int change = (by == 0 ? 1 : 0) - (entry->SuspendedBy == 0 ? 1 : 0);
        entry->SuspendedBy = by;
        records->Count(entry->Domain, (WindowRights)entry->Rights, change);
    }

    /// <summary>Notes that a region is used in a window.</summary>
    /// <returns>Whether there was room.</returns>
    public static bool Add(WindowRecords* records, WindowEntry* entry, uint region)
    {
        uint index = records->_freeRegion;
        if (index != 0)
        {
            records->_freeRegion = Region(records, index)->Next;
        }
        else if (records->_regions + 1 < MaximumRegions)
        {
            index = ++records->_regions;
        }
        else
        {
            return false;
        }

        *Region(records, index) = new WindowedRegion { Region = region, Next = entry->FirstRegion };
        entry->FirstRegion = index;
        return true;
    }

    /// <summary>Takes a region out of all windows of all threads.</summary>
    public static void Forget(WindowRecords* records, uint region)
    {
        // Free entries have no regions.
        for (uint i = 1; i <= records->_entries; i++)
        {
            uint* link = &Entry(records, i)->FirstRegion;
            while (*link != 0 && Region(records, *link)->Region != region)
            {
                link = &Region(records, *link)->Next;
            }

            *link = *link == 0 ? 0 : records->Free(*link);
        }
    }

    /// <summary>Frees the record of a region in a window, and tells the next one.</summary>
    private uint Free(uint index)
    {
        fixed (WindowRecords* records = &this)
        {
            WindowedRegion* freed = Region(records, index);
            uint next = freed->Next;
            *freed = new WindowedRegion { Next = _freeRegion };
            _freeRegion = index;
            return next;
        }
    }

    private void Count(int domain, WindowRights rights, int change)
    {
        Open += change;
        (rights == WindowRights.ReadWrite ? ref _writers[domain] : ref _readers[domain]) += change;
    }
}
