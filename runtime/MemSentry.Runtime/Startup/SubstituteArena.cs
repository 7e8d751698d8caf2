using System.Runtime.InteropServices;
using MemSentry.Allocation;
using MemSentry.Native;

namespace MemSentry.Startup;

/// <summary>An arena in ordinary memory, for the fallback <c>unprotected</c> on machines where the real one cannot be.</summary>
internal static unsafe class SubstituteArena
{
    private const ulong Largest = 1UL << 30;
    private const ulong Smallest = 16UL << 20;

    /// <summary>Reserves as much as a limit on address space leaves, from 1 GiB down to 16 MiB.</summary>
    /// <exception cref="InsufficientMemoryException">Not even that.</exception>
    public static ArenaHeader* Create(MachineFacts facts)
    {
        for (ulong length = Largest; length >= Smallest; length /= 2)
        {
            if (facts.IsLinux && TryMap(length) is var mapped && mapped != null)
            {
                return mapped;
            }
        }

        // Elsewhere memory has no mmap of ours: small, because it counts as used at once.
        void* allocated = NativeMemory.AlignedAlloc((nuint)Smallest, (nuint)ArenaGeometry.PageLength);
        NativeMemory.Clear(allocated, (nuint)Smallest);
        ArenaSetup.Initialize((ulong)allocated, Smallest, pagesAreMapped: false, sealError: -1);
        return (ArenaHeader*)allocated;
    }

    private static ArenaHeader* TryMap(ulong length)
    {
        if (AddressSpace.ReserveAnywhere(length, out ulong start) is not null)
        {
            return null;
        }

        // No protection from this process's own code; from dumps and children all the same.
        SystemCallFailure? refused = AddressSpace.Advise(start, length, MemoryAdvice.DontDump)
            ?? AddressSpace.Advise(start, length, MemoryAdvice.DontFork)
            ?? ArenaSetup.Initialize(start, length, pagesAreMapped: true, sealError: -1);
        return refused is null ? (ArenaHeader*)start : null;
    }
}
