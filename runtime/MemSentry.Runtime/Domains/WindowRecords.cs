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
    public const ulong TotalLength = 256 * 1024;

    private const int ThreadsStart = 4096;
    private const int EntriesStart = 32 * 1024;
    private const int MaximumThreads = (EntriesStart - ThreadsStart) / 8;
    private const uint MaximumEntries = ((uint)TotalLength - EntriesStart) / 24;

    /// <summary>1 while a thread is here.</summary>
    public int IsChanging;

    /// <summary>Open windows of all threads.</summary>
    public int Open;

    private fixed int _readers[DomainTable.Capacity];
    private fixed int _writers[DomainTable.Capacity];
    private int _threads;
    private uint _entries;
    private uint _freeEntry;

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

    /// <summary>Puts an open window before the others of a thread.</summary>
    /// <returns>Whether there was room.</returns>
    public static bool Push(WindowRecords* records, ThreadWindows* thread, int domain, WindowRights rights, nuint frame)
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

        *Entry(records, index) = new WindowEntry { Frame = frame, Next = thread->First, Domain = (byte)domain, Rights = (byte)rights };
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

    private void Count(int domain, WindowRights rights, int change)
    {
        Open += change;
        (rights == WindowRights.ReadWrite ? ref _writers[domain] : ref _readers[domain]) += change;
    }
}
