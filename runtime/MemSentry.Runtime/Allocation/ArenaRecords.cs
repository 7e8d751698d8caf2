using MemSentry.Domains;
using MemSentry.Native;

namespace MemSentry.Allocation;

/// <summary>
/// Under a domain-based method, code that is not whitelisted runs without checks and must not lead trusted code astray by rewriting the
/// records of the arena. So they can be read, by the handler of faults too, and are writable only while the allocator changes them.
/// </summary>
internal static unsafe class ArenaRecords
{
    public static void Open(ArenaHeader* arena) => SetRights(arena, MemoryProtection.ReadWrite);

    public static void Close(ArenaHeader* arena) => SetRights(arena, MemoryProtection.Read);

    private static void SetRights(ArenaHeader* arena, MemoryProtection rights)
    {
        if (arena->Method == DomainMethod.None)
        {
            return;
        }

        ArenaPages.SetRights(arena, 0, ArenaLockWord.Page, rights);
        ArenaPages.SetRights(
            arena,
            ArenaLockWord.Page + ArenaGeometry.PageLength,
            ArenaGeometry.HeaderLength - ArenaLockWord.Page - ArenaGeometry.PageLength + arena->DescriptorBytesCommitted,
            rights);
        ArenaPages.SetRights(arena, arena->Geometry.RunTable, arena->RunBytesCommitted, rights);
        if (arena->CipherBytesCommitted != 0)
        {
            ArenaPages.SetRights(arena, arena->Geometry.CipherTable, arena->CipherBytesCommitted, rights);
        }
    }
}
