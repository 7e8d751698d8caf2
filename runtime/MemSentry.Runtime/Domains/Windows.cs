using MemSentry.Allocation;
using MemSentry.Native;
using MemSentry.ProtectionKeys;

namespace MemSentry.Domains;

/// <summary>
/// The stretches of execution in which a domain is open. A window belongs to a thread and to the stack frame that opened it, and ends with
/// that frame at the latest; the frame may close it several times.
/// </summary>
internal static unsafe class Windows
{
    /// <summary>Stands for an exception where a frame is meant: below every frame, so that each handler may open again what it closed.</summary>
    public const nuint Exception = 1;

    [ThreadStatic]
    private static WindowState _state;

    /// <summary>Opens a domain for a frame, unless the thread has it open with such rights already.</summary>
    /// <exception cref="SafeRegionException">There are too many windows. Nothing is open then that was not before.</exception>
    public static void Enter(ArenaHeader* arena, int domain, WindowRights rights, nuint frame)
    {
        if (!TryEnter(arena, domain, rights, frame))
        {
            throw TooMany();
        }
    }

    /// <summary>The same for who holds a lock, under which nothing is thrown.</summary>
    /// <returns>Whether there was room for the window.</returns>
    public static bool TryEnter(ArenaHeader* arena, int domain, WindowRights rights, nuint frame)
    {
        Domain* opened = DomainTable.At(arena, domain);
        bool isKeyed = opened->Method == DomainMethod.ProtectionKeys;
        if (opened->Method == DomainMethod.None || (isKeyed && KeyWindows.Grants(opened, rights)))
        {
            return true;
        }

        bool hasRoom;
        uint outer = KeyWindows.Register(arena);
        using (var change = new WindowChange(arena, _state == WindowState.Open, rights == WindowRights.ReadWrite ? domain : -1))
        {
            ThreadWindows* thread = WindowRecords.Find(change.Records, KernelThread.Current, add: true);
            hasRoom = thread != null
                && ((!isKeyed && Grants(change.Records, thread, domain, rights)) || WindowRecords.Push(change.Records, thread, domain, rights, frame, outer));
            if (!hasRoom && thread != null && thread->First == 0)
            {
                // Else its place would be taken until a thread of the same number comes.
                thread->Thread = 0;
            }

            LeaveSuspended(change.Records, thread, frame);
            _state = StateOf(change.Records, thread);
            change.Settle();
        }

        if (hasRoom && isKeyed)
        {
            KeyWindows.Set(opened, rights);
        }

        return hasRoom;
    }

    /// <summary>Why a window is refused.</summary>
    public static SafeRegionException TooMany() => new(
        RuntimeCode.TooManyWindows, "Too many windows of safe regions are open at once; let fewer threads, or fewer nested calls, be in whitelisted code.");

    /// <summary>Ends the windows of a frame and of all that it called. Does nothing if they have ended.</summary>
    public static void Leave(ArenaHeader* arena, nuint frame)
    {
        if (arena->Method == DomainMethod.None)
        {
            return;
        }

        using var change = new WindowChange(arena, _state == WindowState.Open);
        ThreadWindows* thread = WindowRecords.Find(change.Records, KernelThread.Current, add: false);
        while (thread != null && thread->First != 0 && WindowRecords.Entry(change.Records, thread->First)->Frame <= frame)
        {
            WindowEntry* newest = WindowRecords.Entry(change.Records, thread->First);
            if (newest->SuspendedBy == 0)
            {
                RegionWindows.Close(arena, change.Records, newest);
                KeyWindows.GoBack(arena, newest);
            }

            WindowRecords.Pop(change.Records, thread);
        }

        _state = StateOf(change.Records, thread);
        change.Settle();
    }

    /// <summary>Closes all windows of this thread until <see cref="Resume"/>.</summary>
    /// <param name="arena">The arena.</param>
    /// <param name="by">The frame that will open them again, or <see cref="Exception"/>.</param>
    /// <remarks>
    /// What this thread remembers of its state may be a lie, and closing is the one thing that must not be left out because of it. When an exception sets out, it may also be out of date: each copy of
    /// the runtime in the process observes exceptions, and the first one closes what another has opened.
    /// </remarks>
    public static void Suspend(ArenaHeader* arena, nuint by)
    {
        if (arena->Method == DomainMethod.None)
        {
            return;
        }

        KeyWindows.CloseAll(arena);
        if (_state != WindowState.Open && DomainTable.AllHaveKeys(arena))
        {
            return;
        }

        using var change = new WindowChange(arena, _state == WindowState.Open && by != Exception);
        ThreadWindows* thread = WindowRecords.Find(change.Records, KernelThread.Current, add: false);
        for (uint i = thread == null ? 0 : thread->First; i != 0; i = WindowRecords.Entry(change.Records, i)->Next)
        {
            WindowEntry* entry = WindowRecords.Entry(change.Records, i);
            if (entry->SuspendedBy == 0)
            {
                RegionWindows.Close(arena, change.Records, entry);
                WindowRecords.Suspend(change.Records, entry, by);
            }
        }

        _state = StateOf(change.Records, thread);
        change.Settle();
    }

    /// <summary>
    /// Opens again what a frame, or what it called, has suspended of the windows under which it runs. What outer frames have suspended stays closed.
    /// </summary>
    /// <param name="arena">The arena.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="byKey">
    /// Whether what it opens has a key, so that no gate has told <see cref="Enter"/> of it. Then only what it has suspended itself is opened of other methods' windows: who runs in a filter
    /// opens none through which an exception passes.
    /// </param>
    public static void Resume(ArenaHeader* arena, nuint frame, bool byKey = false)
    {
        if (_state != WindowState.Suspended)
        {
            return;
        }

        using var change = new WindowChange(arena, recordsAreOpen: false);
        ThreadWindows* thread = WindowRecords.Find(change.Records, KernelThread.Current, add: false);
        for (uint i = thread == null ? 0 : thread->First; i != 0; i = WindowRecords.Entry(change.Records, i)->Next)
        {
            WindowEntry* entry = WindowRecords.Entry(change.Records, i);
            bool isOwn = entry->SuspendedBy == frame || !byKey || DomainTable.At(arena, entry->Domain)->Method == DomainMethod.ProtectionKeys;
            if (entry->Frame > frame && entry->SuspendedBy != 0 && entry->SuspendedBy <= frame && isOwn)
            {
                WindowRecords.Suspend(change.Records, entry, by: 0);
                RegionWindows.Open(arena, change.Records, entry);
            }

            if (entry->Frame > frame && entry->StandsAlone != 0)
            {
                // Between its gate and the older windows lies code that must find them closed.
                break;
            }
        }

        uint outer = KeyWindows.Outer(arena, change.Records, thread, frame);
        _state = StateOf(change.Records, thread);
        change.Settle();
        KeyWindows.Reopen(arena, outer);
    }

    /// <summary>Whether a domain, if there is one of that index, has a protection key.</summary>
    public static bool HasKey(ArenaHeader* arena, int domain) => domain >= 0 && DomainTable.At(arena, domain)->Method == DomainMethod.ProtectionKeys;

    /// <summary>Opens a domain of the method <c>mpk</c> for the body of a gate; another method has told <see cref="Resume"/> all.</summary>
    public static void OpenByKey(ArenaHeader* arena, int domain, WindowRights rights)
    {
        if (HasKey(arena, domain))
        {
            KeyWindows.Set(DomainTable.At(arena, domain), rights);
        }
    }

    /// <summary>Tells the windows of this thread that it asks for a region, which may have to be opened: see <see cref="RegionWindows"/>.</summary>
    public static void Reach(ArenaHeader* arena, RegionHandle handle)
    {
        if (_state != WindowState.None)
        {
            RegionWindows.Reach(arena, handle, recordsAreOpen: _state == WindowState.Open);
        }
    }

    /// <summary>Whether this thread has a domain open with such rights.</summary>
    public static bool IsOpen(ArenaHeader* arena, int domain, WindowRights rights)
    {
        if (arena->Method == DomainMethod.None)
        {
            return true;
        }

        Domain* asked = DomainTable.At(arena, domain);
        if (asked->Method == DomainMethod.ProtectionKeys)
        {
            return KeyWindows.Grants(asked, rights);
        }

        // Only this thread changes its own records, so it needs no lock to read them. If the state lies, this faults.
        if (_state != WindowState.Open)
        {
            return false;
        }

        if (arena->RecordsAreKeyed != 0)
        {
            KeyWindows.OpenRecords();
        }

        WindowRecords* records = WindowRecords.Of(arena);
        ThreadWindows* thread = WindowRecords.Find(records, KernelThread.Current, add: false);
        bool isOpen = thread != null && Grants(records, thread, domain, rights);
        if (arena->RecordsAreKeyed != 0)
        {
            KeyWindows.CloseRecords();
        }

        return isOpen;
    }

    /// <summary>
    /// Lets what a new gate's body calls open nothing again of older windows. Filters and observers run while the frames through which an exception passes are still there, with windows that are
    /// suspended by it, or by a frame that has ended: a gate that is called from there lies below their owners, and above all that it calls itself.
    /// And a filter of an outer frame opens that one's own window for a moment, while this gate waits for its second pass: it is suspended by the exception then, too.
    /// </summary>
    private static void LeaveSuspended(WindowRecords* records, ThreadWindows* thread, nuint frame)
    {
        bool isAnyOpen = false;
        for (uint i = thread == null ? 0 : thread->First; i != 0; i = WindowRecords.Entry(records, i)->Next)
        {
            WindowEntry* entry = WindowRecords.Entry(records, i);
            isAnyOpen |= entry->SuspendedBy == 0 && entry->Frame != frame;
            if (entry->SuspendedBy != 0 && entry->SuspendedBy < frame)
            {
                entry->SuspendedBy = frame;
            }
        }

        if (thread != null && thread->First != 0 && WindowRecords.Entry(records, thread->First)->Frame == frame)
        {
            WindowRecords.Entry(records, thread->First)->StandsAlone = (byte)(isAnyOpen ? 0 : 1);
        }
    }

    private static bool Grants(WindowRecords* records, ThreadWindows* thread, int domain, WindowRights rights)
    {
        for (uint i = thread->First; i != 0; i = WindowRecords.Entry(records, i)->Next)
        {
            WindowEntry* entry = WindowRecords.Entry(records, i);
            if (entry->SuspendedBy == 0 && entry->Domain == domain && entry->Rights >= (byte)rights)
            {
                return true;
            }
        }

        return false;
    }

    private static WindowState StateOf(WindowRecords* records, ThreadWindows* thread)
    {
        WindowState state = WindowState.None;
        for (uint i = thread == null ? 0 : thread->First; i != 0; i = WindowRecords.Entry(records, i)->Next)
        {
            if (WindowRecords.Entry(records, i)->SuspendedBy == 0)
            {
                return WindowState.Open;
            }

            state = WindowState.Suspended;
        }

        return state;
    }
}
