using MemSentry.Domains;
using MemSentry.Native;

namespace MemSentry.Allocation;

/// <summary>Turns reserved address space into an empty arena.</summary>
internal static unsafe class ArenaSetup
{
    /// <param name="start">First byte; pages without rights, or zeroed ordinary memory.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="pagesAreMapped">Whether the pages come from mmap.</param>
    /// <param name="sealError">See <see cref="ArenaHeader.SealError"/>.</param>
    /// <param name="method">What protects the pages of regions.</param>
    public static SystemCallFailure? Initialize(ulong start, ulong length, bool pagesAreMapped, int sealError, DomainMethod method = DomainMethod.None)
    {
        SystemCallFailure? refused = pagesAreMapped
            ? AddressSpace.Protect(start, ArenaGeometry.HeaderLength, MemoryProtection.ReadWrite)
            : null;
        if (refused is not null)
        {
            return refused;
        }

        var arena = (ArenaHeader*)start;
        arena->LayoutVersion = AddressSpaceLayout.Version;
        arena->Shape = ArenaHeader.ExpectedShape;
        arena->PagesAreMapped = pagesAreMapped ? 1 : 0;
        arena->SealError = sealError;
        arena->Geometry = ArenaGeometry.For(length);
        arena->RandomState = KernelRandom.Next();
        arena->CanarySecret = KernelRandom.Next();
        arena->DescriptorCount = 1;
        arena->Method = method;
        DomainTable.Initialize(arena);
        PageRunAllocator.Initialize(arena);
        Volatile.Write(ref arena->Magic, ArenaHeader.ExpectedMagic);
        return ArenaRecords.Close(arena);
    }
}
