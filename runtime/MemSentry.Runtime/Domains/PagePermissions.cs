using MemSentry.Allocation;
using MemSentry.Native;

namespace MemSentry.Domains;

/// <summary>
/// The method <c>mprotect</c>: a closed domain's pages have no rights at all, for any thread, framework and kernel included. They belong to the process, so
/// during a window every thread can use them. The caller holds <see cref="ArenaLockWord.Windows"/>; nothing here throws.
/// </summary>
internal static unsafe class PagePermissions
{
    /// <summary>Gives a domain's pages the rights of a window; those of a domain of another method are open for ever, and only the records change.</summary>
    /// <param name="arena">The arena.</param>
    /// <param name="domain">Index of the domain.</param>
    /// <param name="rights">The rights; pages that are read-only for ever get no more than that.</param>
    /// <param name="withRecords">Whether <see cref="WindowRecords"/> gets them as well, most often in the same system call.</param>
    public static SystemCallFailure? Apply(ArenaHeader* arena, int domain, WindowRights rights, bool withRecords)
    {
        ulong start = arena->Geometry.Windows;
        ulong end = start + (withRecords ? WindowRecords.TotalLength : 0);
        MemoryProtection pending = Of(rights);
        Domain* opened = DomainTable.At(arena, domain);
        for (uint i = opened->Method == DomainMethod.PagePermissions ? opened->FirstRun : 0; i != 0; i = ArenaHeader.Run(arena, i)->NextInDomain)
        {
            PageRun* run = ArenaHeader.Run(arena, i);
            MemoryProtection wanted = rights == WindowRights.ReadWrite && run->IsReadOnly != 0 ? MemoryProtection.Read : Of(rights);
            ulong first = run->FirstPage * ArenaGeometry.PageLength;
            if (first != end || wanted != pending)
            {
                if (Protect(arena, start, end, pending) is { } failure)
                {
                    return failure;
                }

                start = first;
                pending = wanted;
            }

            end = first + (run->OpenPages * ArenaGeometry.PageLength);
        }

        return Protect(arena, start, end, pending);
    }

    private static SystemCallFailure? Protect(ArenaHeader* arena, ulong start, ulong end, MemoryProtection rights) =>
        start == end ? null : AddressSpace.Protect((ulong)arena + start, end - start, rights);

    private static MemoryProtection Of(WindowRights rights) => rights switch
    {
        WindowRights.None => MemoryProtection.None,
        WindowRights.Read => MemoryProtection.Read,
        _ => MemoryProtection.ReadWrite,
    };
}
