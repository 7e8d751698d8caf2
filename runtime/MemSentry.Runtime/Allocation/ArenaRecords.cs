using MemSentry.Domains;
using MemSentry.Native;

namespace MemSentry.Allocation;

/// <summary>
/// Under a domain-based method, code that is not whitelisted runs without checks and must not lead trusted code astray by rewriting the
/// records of the arena. So they can be read, by the handler of faults too, and are writable only while the allocator changes them.
/// </summary>
internal static unsafe class ArenaRecords
{
    /// <returns>What the kernel refused; part of the records may be open then.</returns>
    public static SystemCallFailure? Open(ArenaHeader* arena) => SetRights(arena, MemoryProtection.ReadWrite);

    /// <returns>What the kernel refused; part of the records may be open then.</returns>
    public static SystemCallFailure? Close(ArenaHeader* arena) => SetRights(arena, MemoryProtection.Read);

    private static SystemCallFailure? SetRights(ArenaHeader* arena, MemoryProtection rights)
    {
        const ulong behindLocks = ArenaLockWord.Page + ArenaGeometry.PageLength;
        if (arena->Method == DomainMethod.None)
        {
            return null;
        }

        return ArenaPages.TrySetRights(arena, 0, ArenaLockWord.Page, rights)
            ?? ArenaPages.TrySetRights(arena, behindLocks, ArenaGeometry.HeaderLength - behindLocks + arena->DescriptorBytesCommitted, rights)
            ?? ArenaPages.TrySetRights(arena, arena->Geometry.RunTable, arena->RunBytesCommitted, rights)
            ?? (arena->CipherBytesCommitted == 0 ? null : ArenaPages.TrySetRights(arena, arena->Geometry.CipherTable, arena->CipherBytesCommitted, rights));
    }
}
