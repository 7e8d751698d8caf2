namespace MemSentry.Allocation;

/// <summary>
/// Mutual exclusion between all threads and all copies of the runtime in the process: the lock word lies in the arena, since a
/// <see cref="Lock"/> object would be one per copy. Held for microseconds, hence spinning (which yields after a while).
/// </summary>
/// <remarks>
/// Under a domain-based method the word is the one thing of the arena's records that anybody can write. Whoever frees it by force while
/// another thread changes the records is found out by <see cref="ArenaHeader.IsChanging"/>, which only an open record can hold.
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
        ArenaLockWord.Take(arena, ArenaLockWord.Records);
        return new ArenaLock(arena, changes: false);
    }

    /// <summary>Makes the records writable, for this thread's changes.</summary>
    public static ArenaLock EnterToChange(ArenaHeader* arena)
    {
        ArenaLockWord.Take(arena, ArenaLockWord.Records);
        try
        {
            ArenaRecords.Open(arena);
        }
        catch (SafeRegionException)
        {
            ArenaLockWord.Release(arena, ArenaLockWord.Records);
            throw;
        }

        if (Interlocked.Exchange(ref arena->IsChanging, 1) != 0)
        {
            ArenaLockWord.FailTampered();
        }

        return new ArenaLock(arena, changes: true);
    }

    public void Dispose()
    {
        if (_changes)
        {
            _arena->IsChanging = 0;
            ArenaRecords.Close(_arena);
        }

        ArenaLockWord.Release(_arena, ArenaLockWord.Records);
    }
}
