namespace MemSentry.Allocation;

/// <summary>
/// Mutual exclusion between all threads and all copies of the runtime in the process: the lock word lies in the arena, since a
/// <see cref="Lock"/> object would be one per copy, and rewritable. Held for microseconds, hence spinning (which yields after a while).
/// </summary>
internal readonly unsafe ref struct ArenaLock
{
    private readonly ArenaHeader* _arena;

    private ArenaLock(ArenaHeader* arena) => _arena = arena;

    public static ArenaLock Enter(ArenaHeader* arena)
    {
        var spin = new SpinWait();
        while (Interlocked.CompareExchange(ref arena->Lock, 1, 0) != 0)
        {
            spin.SpinOnce();
        }

        return new ArenaLock(arena);
    }

    public void Dispose() => Volatile.Write(ref _arena->Lock, 0);
}
