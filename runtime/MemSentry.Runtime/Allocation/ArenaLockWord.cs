namespace MemSentry.Allocation;

/// <summary>The words that threads wait for, on a page of the arena's header that is always writable.</summary>
internal static unsafe class ArenaLockWord
{
    /// <summary>Guards the allocator's records. Taken before <see cref="Windows"/> where both are.</summary>
    public const int Records = 0;

    /// <summary>Guards windows and the rights of pages. Nothing throws while it is held: observers of exceptions take it.</summary>
    public const int Windows = 16;

    /// <summary>Where the page is, from the arena's start.</summary>
    public const ulong Page = 8 * 1024;

    public static void Take(ArenaHeader* arena, int word)
    {
        ref int value = ref At(arena, word);
        var spin = new SpinWait();
        while (Interlocked.CompareExchange(ref value, 1, 0) != 0)
        {
            // Never sleeps for a millisecond: the holder needs microseconds of the processor.
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    public static void Release(ArenaHeader* arena, int word) => Volatile.Write(ref At(arena, word), 0);

    /// <summary>Ends the process because two threads are where only one can be.</summary>
    public static void FailTampered() => Environment.FailFast(
        $"MS{(int)RuntimeCode.StateTampered}: A lock of the safe regions was overwritten in memory, and two threads change them at once; look for the bug that did it.");

    private static ref int At(ArenaHeader* arena, int word) => ref ((int*)((byte*)arena + Page))[word];
}
