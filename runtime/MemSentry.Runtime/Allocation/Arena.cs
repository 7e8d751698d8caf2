using MemSentry.Native;

namespace MemSentry.Allocation;

/// <summary>Where this process's arena is.</summary>
/// <remarks>
/// Protected arenas are found by a constant. The field that leads to an unprotected substitute is ordinary memory, which an attacker may
/// write; so it is believed only while the kernel says that there is no real arena. One system call per use is a fair price there.
/// </remarks>
internal static unsafe class Arena
{
    private static nuint _substitute;
    private static bool _started;

    /// <summary>Whether there is an arena; a copy of the runtime that has not started must not look.</summary>
    public static bool IsStarted => Volatile.Read(ref _started);

    /// <summary>Whether the arena lies in the block that checks look for.</summary>
    public static bool IsInBlock => Volatile.Read(ref _substitute) == 0;

    /// <summary>The arena.</summary>
    /// <exception cref="SafeRegionException">There is none yet, or a field of the runtime was overwritten.</exception>
    public static ArenaHeader* Current
    {
        get
        {
            if (!IsStarted)
            {
                throw new SafeRegionException(
                    RuntimeCode.HandleNotValid, "This SafeRegion object was not made by SafeRegion.Allocate; allocate one.");
            }

            nuint substitute = Volatile.Read(ref _substitute);
            return substitute == 0 ? (ArenaHeader*)AddressSpaceLayout.ArenaStart : Confirm(substitute);
        }
    }

    public static void Use(ArenaHeader* arena)
    {
        Volatile.Write(ref _substitute, arena == (ArenaHeader*)AddressSpaceLayout.ArenaStart ? 0 : (nuint)arena);
        Volatile.Write(ref _started, true);
    }

    private static ArenaHeader* Confirm(nuint substitute)
    {
        if (OperatingSystem.IsLinux() && RealArenaExists())
        {
            throw new SafeRegionException(
                RuntimeCode.StateTampered,
                "A field of the runtime was overwritten to lead safe regions out of their arena; look for the bug that did it.");
        }

        return (ArenaHeader*)substitute;
    }

    private static bool RealArenaExists() =>
        AddressSpace.IsMapped(AddressSpaceLayout.ArenaStart)
        && MemoryMap.ReadSelf().Overlapping(AddressSpaceLayout.ArenaStart, AddressSpaceLayout.ArenaStart + 8)
            .All(range => range.Permissions is "rw-p" or "r--p" && range.Name.Length == 0)
        && ((ArenaHeader*)AddressSpaceLayout.ArenaStart)->IsOurs;
}
