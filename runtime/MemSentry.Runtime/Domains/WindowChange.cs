using MemSentry.Allocation;
using MemSentry.Native;
using MemSentry.ProtectionKeys;

namespace MemSentry.Domains;

/// <summary>
/// One change of the records of windows: takes the lock, makes the records accessible, and at the end gives the domains the rights that all open windows
/// together ask for. Nothing throws meanwhile.
/// </summary>
internal unsafe ref struct WindowChange
{
    private readonly ArenaHeader* _arena;
    private fixed byte _before[DomainTable.Capacity];

    /// <param name="arena">The arena.</param>
    /// <param name="recordsAreOpen">Whether this thread has a window open, and with it the records.</param>
    /// <param name="opened">A domain that will be writable anyway, and gets the rights together with the records; -1 for none.</param>
    public WindowChange(ArenaHeader* arena, bool recordsAreOpen, int opened = -1)
    {
        _arena = arena;
        ArenaLockWord.Take(arena, ArenaLockWord.Windows);
        if (arena->RecordsAreKeyed != 0)
        {
            KeyWindows.OpenRecords();
            opened = -1;
        }
        else if (!recordsAreOpen)
        {
            FailIfRefused(opened < 0
                ? AddressSpace.Protect((ulong)arena + arena->Geometry.Windows, WindowRecords.TotalLength, MemoryProtection.ReadWrite)
                : PagePermissions.Apply(arena, opened, WindowRights.ReadWrite, withRecords: true));
        }

        Records = WindowRecords.Of(arena);
        if (Interlocked.Exchange(ref Records->IsChanging, 1) != 0)
        {
            ArenaLockWord.FailTampered();
        }

        for (int i = 0; i < arena->DomainCount; i++)
        {
            _before[i] = (byte)(!recordsAreOpen && i == opened ? WindowRights.ReadWrite : Records->RightsOf(i));
        }
    }

    /// <summary>The records.</summary>
    public WindowRecords* Records { get; }

    /// <summary>Carries the rights out, as the last thing.</summary>
    public readonly void Settle()
    {
        bool isKeyed = _arena->RecordsAreKeyed != 0;
        bool closesRecords = Records->Open == 0 && !isKeyed;
        Span<int> after = stackalloc int[DomainTable.Capacity];
        for (int i = 0; i < _arena->DomainCount; i++)
        {
            after[i] = (int)Records->RightsOf(i);
        }

        Records->IsChanging = 0;
        if (isKeyed)
        {
            KeyWindows.CloseRecords();
        }

        for (int i = 0; i < _arena->DomainCount; i++)
        {
            if (after[i] != _before[i])
            {
                FailIfRefused(PagePermissions.Apply(_arena, i, (WindowRights)after[i], closesRecords));
                closesRecords = false;
            }
        }

        if (closesRecords)
        {
            FailIfRefused(AddressSpace.Protect((ulong)_arena + _arena->Geometry.Windows, WindowRecords.TotalLength, MemoryProtection.None));
        }
    }

    public readonly void Dispose() => ArenaLockWord.Release(_arena, ArenaLockWord.Windows);

    /// <summary>Pages in a state that nobody asked for are the end: closed ones would fault, and open ones would not.</summary>
    private static void FailIfRefused(SystemCallFailure? refused)
    {
        if (refused is not null)
        {
            Environment.FailFast($"MS{(int)RuntimeCode.RightsRefused}: The kernel refused to change the rights of a domain of safe regions: {refused}; {refused.Remedy}.");
        }
    }
}
