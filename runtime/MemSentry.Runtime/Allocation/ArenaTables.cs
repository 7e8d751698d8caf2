using MemSentry.Domains;
using MemSentry.Native;

namespace MemSentry.Allocation;

/// <summary>Opens the allocator's own tables piece by piece. They hold no secrets, so they are sealed but not locked into memory.</summary>
internal static unsafe class ArenaTables
{
    /// <summary>512 region descriptors: one system call for many allocations, little memory for a program with few.</summary>
    public const ulong Step = 64 * 1024;

    /// <summary>Makes sure that the first bytes of a table can be used.</summary>
    public static void Grow(ArenaHeader* arena, ulong table, ref ulong committed, ulong needed)
    {
        while (committed < needed)
        {
            ArenaPages.SetRights(arena, table + committed, Step, MemoryProtection.ReadWrite);
            if (arena->Method == DomainMethod.None && ArenaPages.Seal(arena, table + committed, Step) is { } refused)
            {
                throw ArenaPages.Refused(refused);
            }

            committed += Step;
        }
    }
}
