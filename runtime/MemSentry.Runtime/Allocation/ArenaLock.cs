using MemSentry.Native;

namespace MemSentry.Allocation;

/// <summary>
/// Mutual exclusion between all threads and all copies of the runtime in the process: the lock word lies in the arena, since a
/// <see cref="Lock"/> object would be one per copy. Held for microseconds, hence spinning (which yields after a while).
/// </summary>
/// <remarks>
/// Under a domain-based method the word is the one thing of the arena's records that anybody can write. Whoever frees it by force while
/// another thread changes the records is found out by <see cref="ArenaHeader.IsChanging"/>, which only an open record can hold.
/// <para>
/// Who holds the lock throws nothing, but returns what is to be thrown: observers of exceptions, and the filters of callers, run before the lock is free again, are anybody's code, and may ask
/// for the status or for regions. What is left are refusals of the kernel in the middle of an allocation. An observer may read the records then, and is refused what would change them.
/// </para>
/// </remarks>
internal readonly unsafe ref struct ArenaLock
{
    private readonly ArenaHeader* _arena;
    private readonly bool _changes;

    private ArenaLock(ArenaHeader* arena, bool changes)
    {
        _arena = arena;
        _changes = changes;
    }

    /// <summary>Keeps others from changing the records while this thread reads them.</summary>
    public static ArenaLock Enter(ArenaHeader* arena)
    {
        if (IsHeldHere(arena))
        {
            return default;
        }

        ArenaLockWord.Take(arena, ArenaLockWord.Records);
        return new ArenaLock(arena, changes: false);
    }

    /// <summary>Makes the records writable, for this thread's changes.</summary>
    /// <exception cref="SafeRegionException">The kernel refuses, or this thread is in the middle of a change.</exception>
    public static ArenaLock EnterToChange(ArenaHeader* arena)
    {
        if (IsHeldHere(arena))
        {
            throw new SafeRegionException(
                RuntimeCode.AllocatorBusy,
                "An observer of an exception, or a filter, wants safe regions changed while they are being changed on the same thread, where the kernel has refused something; do it later, or elsewhere.");
        }

        ArenaLockWord.Take(arena, ArenaLockWord.Records);
        if (ArenaRecords.Open(arena) is { } refused)
        {
            FailIfOpen(ArenaRecords.Close(arena));
            ArenaLockWord.Release(arena, ArenaLockWord.Records);
            throw ArenaPages.Refused(refused);
        }

        if (Interlocked.Exchange(ref arena->IsChanging, Environment.CurrentManagedThreadId) != 0)
        {
            ArenaLockWord.FailTampered();
        }

        return new ArenaLock(arena, changes: true);
    }

    public void Dispose()
    {
        if (_arena == null)
        {
            return;
        }

        if (_changes)
        {
            _arena->IsChanging = 0;
            FailIfOpen(ArenaRecords.Close(_arena));
        }

        ArenaLockWord.Release(_arena, ArenaLockWord.Records);
    }

    /// <summary>Only the thread itself can have put its number there.</summary>
    private static bool IsHeldHere(ArenaHeader* arena) =>
        Volatile.Read(ref arena->IsChanging) is var holder and not 0 && holder == Environment.CurrentManagedThreadId;

    /// <summary>Records that stay writable would lead whitelisted code wherever unwoven code likes.</summary>
    private static void FailIfOpen(SystemCallFailure? refused)
    {
        if (refused is not null)
        {
            Environment.FailFast($"MS{(int)RuntimeCode.RightsRefused}: The kernel refused to close the records of the safe regions: {refused}; {refused.Remedy}.");
        }
    }
}
