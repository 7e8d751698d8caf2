using MemSentry.Allocation;
using MemSentry.Crypt;
using MemSentry.Native;

namespace MemSentry.Domains;

/// <summary>
/// The method <c>crypt</c>: a window decrypts only the regions that are asked for in it, and encrypts them again when it closes or is suspended. Where the window opens
/// again, it opens the same ones. The caller of all but <see cref="Reach"/> and <see cref="Forget"/> holds <see cref="ArenaLockWord.Windows"/>, and nothing throws.
/// </summary>
internal static unsafe class RegionWindows
{
    /// <summary>
    /// Opens a region for all windows of its domain that this thread has, suspended ones for later: a span that a callee asked for is good in its
    /// caller, too. Does nothing outside of windows: whoever asks there gets an address of ciphertext.
    /// </summary>
    /// <param name="arena">The arena.</param>
    /// <param name="handle">The region.</param>
    /// <param name="recordsAreOpen">Whether this thread has a window open, and with it the records.</param>
    /// <exception cref="ObjectDisposedException">The region has ended in the meantime.</exception>
    /// <exception cref="SafeRegionException">Too many regions are open in windows.</exception>
    public static void Reach(ArenaHeader* arena, RegionHandle handle, bool recordsAreOpen)
    {
        bool isLive;
        bool hasRoom = true;
        using (var change = new WindowChange(arena, recordsAreOpen))
        {
            // Release clears the ticket before it takes this lock to find the region's windows.
            isLive = RegionLookup.TryFind(arena, handle, out RegionDescriptor* region);
            ThreadWindows* thread = WindowRecords.Find(change.Records, KernelThread.Current, add: false);
            for (uint i = thread == null || !isLive ? 0 : thread->First; i != 0 && hasRoom; i = WindowRecords.Entry(change.Records, i)->Next)
            {
                WindowEntry* entry = WindowRecords.Entry(change.Records, i);
                hasRoom = entry->Domain != region->Domain || TryAdd(arena, change.Records, entry, handle.Index);
            }

            change.Settle();
        }

        if (!isLive)
        {
            throw RegionLookup.NotFound(arena, handle);
        }

        if (!hasRoom)
        {
            throw new SafeRegionException(
                RuntimeCode.TooManyWindows, "Too many encrypted regions are used in open windows at once; let fewer threads be in whitelisted code, or use fewer regions there.");
        }
    }

    /// <summary>Decrypts what a window uses.</summary>
    public static void Open(ArenaHeader* arena, WindowRecords* records, WindowEntry* entry)
    {
        for (uint i = entry->FirstRegion; i != 0; i = WindowRecords.Region(records, i)->Next)
        {
            RegionCiphers.Open(arena, WindowRecords.Region(records, i)->Region);
        }
    }

    /// <summary>Encrypts what a window uses, unless other windows use it.</summary>
    public static void Close(ArenaHeader* arena, WindowRecords* records, WindowEntry* entry)
    {
        for (uint i = entry->FirstRegion; i != 0; i = WindowRecords.Region(records, i)->Next)
        {
            RegionCiphers.Close(arena, WindowRecords.Region(records, i)->Region);
        }
    }

    /// <summary>Takes a region that has ended out of all windows. It stays as it is: the allocator overwrites it.</summary>
    public static void Forget(ArenaHeader* arena, uint region)
    {
        // The allocator has a window of its own open.
        using var change = new WindowChange(arena, recordsAreOpen: true);
        WindowRecords.Forget(change.Records, region);
        change.Settle();
    }

    private static bool TryAdd(ArenaHeader* arena, WindowRecords* records, WindowEntry* entry, uint region)
    {
        for (uint i = entry->FirstRegion; i != 0; i = WindowRecords.Region(records, i)->Next)
        {
            if (WindowRecords.Region(records, i)->Region == region)
            {
                return true;
            }
        }

        if (!WindowRecords.Add(records, entry, region))
        {
            return false;
        }

        if (entry->SuspendedBy == 0)
        {
            RegionCiphers.Open(arena, region);
        }

        return true;
    }
}
