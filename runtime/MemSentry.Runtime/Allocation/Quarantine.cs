namespace MemSentry.Allocation;

/// <summary>
/// Released regions wait here, first in first out, so that whoever still holds a stale pointer finds zeros or a fault rather than
/// somebody else's secret. The caller holds the lock.
/// </summary>
internal static unsafe class Quarantine
{
    /// <summary>A program that allocates and releases in a loop gets the same slot back after so many others.</summary>
    public const uint MaximumCount = 1024;

    /// <summary>
    /// Bounds the address space (an eighth of the arena) that large released regions hold. It is plenty, because address space is all that they hold: their memory is already given back, and where
    /// none is left, the quarantine gives way.
    /// </summary>
    public const ulong MaximumBytes = 8UL << 30;

    public static void Add(ArenaHeader* arena, uint index)
    {
        RegionDescriptor* region = ArenaHeader.Descriptor(arena, index);
        region->State = RegionState.Quarantined;
        region->Next = 0;
        if (arena->QuarantineLast == 0)
        {
            arena->QuarantineFirst = index;
        }
        else
        {
            ArenaHeader.Descriptor(arena, arena->QuarantineLast)->Next = index;
        }

        arena->QuarantineLast = index;
        arena->QuarantineCount++;
        arena->QuarantineBytes += region->ExtentLength;
    }

    public static bool IsOverfull(ArenaHeader* arena) =>
        arena->QuarantineCount > MaximumCount || arena->QuarantineBytes > MaximumBytes;

    /// <summary>The region that has waited longest; zero if none waits.</summary>
    public static uint RemoveOldest(ArenaHeader* arena)
    {
        uint index = arena->QuarantineFirst;
        if (index == 0)
        {
            return 0;
        }

        RegionDescriptor* region = ArenaHeader.Descriptor(arena, index);
        arena->QuarantineFirst = region->Next;
        if (arena->QuarantineFirst == 0)
        {
            arena->QuarantineLast = 0;
        }

        arena->QuarantineCount--;
        arena->QuarantineBytes -= region->ExtentLength;
        return index;
    }
}
