using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MemSentry.Domains;
using MemSentry.Native;
using MemSentry.ProtectionKeys;

namespace MemSentry.Allocation;

/// <summary>
/// Rights and contents of an arena's pages. Pages start without rights; what is given up loses them again, so that a stale pointer of
/// trusted code faults instead of finding the next secret. Offsets and lengths in bytes, multiples of a page.
/// </summary>
internal static unsafe class ArenaPages
{
    /// <summary>Bytes from which asking the kernel for touched pages is cheaper than writing all of them.</summary>
    private const ulong WorthAsking = 1 << 20;

    /// <summary>Opens fresh pages, which read as zero, and keeps them out of swap as far as the limits allow (see the status).</summary>
    /// <param name="arena">The arena.</param>
    /// <param name="domain">Index of the domain that they are for.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="length">Bytes.</param>
    /// <returns>Whether they are locked.</returns>
    public static bool Open(ArenaHeader* arena, int domain, ulong offset, ulong length)
    {
        if (arena->PagesAreMapped == 0)
        {
            NativeMemory.Clear((byte*)arena + offset, (nuint)length);
            arena->CommittedBytes += length;
            arena->UnlockedBytes += length;
            return false;
        }

        bool isKeyed = DomainTable.At(arena, domain)->Method == DomainMethod.ProtectionKeys;
        bool isSecret = isKeyed && KeyedPages.Open(arena, DomainTable.At(arena, domain), offset, length) is null;
        if (!isKeyed)
        {
            SetRights(arena, offset, length, MemoryProtection.ReadWrite);
        }

        arena->CommittedBytes += length;
        if (isSecret)
        {
            // The kernel never writes secret memory to swap, and counts it against the same limit.
            arena->LockedBytes += length;
            return true;
        }

        if (AddressSpace.Lock(AddressOf(arena, offset), length) is { } failure)
        {
            arena->LockError = (int)failure.Error;
            arena->UnlockedBytes += length;
            return false;
        }

        arena->LockedBytes += length;
        return true;
    }

    /// <summary>Returns pages to the kernel. The caller has overwritten what was in them.</summary>
    public static void Close(ArenaHeader* arena, int domain, ulong offset, ulong length, bool locked)
    {
        ulong address = AddressOf(arena, offset);
        arena->CommittedBytes -= length;
        (locked ? ref arena->LockedBytes : ref arena->UnlockedBytes) -= length;
        if (arena->PagesAreMapped == 0)
        {
            return;
        }

        if (DomainTable.At(arena, domain)->Method == DomainMethod.ProtectionKeys)
        {
            ThrowIfRefused(KeyedPages.Close(arena, offset, length));
            return;
        }

        // The order matters: locked pages cannot be given back (EINVAL).
        ThrowIfRefused(locked ? AddressSpace.Unlock(address, length) : null);
        ThrowIfRefused(AddressSpace.Advise(address, length, MemoryAdvice.DontNeed));
        SetRights(arena, offset, length, MemoryProtection.None);
    }

    /// <summary>Does nothing in ordinary memory: a process that lives there was told aloud that nothing is protected.</summary>
    public static void SetRights(ArenaHeader* arena, ulong offset, ulong length, MemoryProtection rights)
    {
        if (arena->PagesAreMapped != 0)
        {
            ThrowIfRefused(AddressSpace.Protect(AddressOf(arena, offset), length, rights));
        }
    }

    /// <summary>Fixes the rights of open pages for ever, where the kernel can. For pages that are never given back.</summary>
    public static void Seal(ArenaHeader* arena, ulong offset, ulong length)
    {
        // A refusal was already met, and recorded for the status, when the guards were sealed.
        if (arena->PagesAreMapped != 0 && arena->SealError == 0)
        {
            ThrowIfRefused(AddressSpace.Seal(AddressOf(arena, offset), length));
        }
    }

    /// <summary>Overwrites bytes with zeros. Never inlined, so that no optimiser can see that nobody reads them afterwards.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Wipe(ArenaHeader* arena, ulong offset, ulong length) => NativeMemory.Clear((byte*)arena + offset, (nuint)length);

    /// <summary>
    /// Overwrites only what was ever written: a large, sparsely used region must not cost its whole length in memory when it ends.
    /// </summary>
    public static void WipeTouched(ArenaHeader* arena, ulong offset, ulong length)
    {
        if (arena->PagesAreMapped == 0 || length < WorthAsking)
        {
            Wipe(arena, offset, length);
            return;
        }

        foreach ((ulong address, ulong touched) in PageTable.TouchedRanges(AddressOf(arena, offset), length))
        {
            Wipe(arena, address - (ulong)arena, touched);
        }
    }

    private static ulong AddressOf(ArenaHeader* arena, ulong offset) => (ulong)arena + offset;

    private static void ThrowIfRefused(SystemCallFailure? failure)
    {
        if (failure is not null)
        {
            throw new SafeRegionException(
                RuntimeCode.PagesRefused, $"The kernel refused to change pages of the safe regions: {failure}; {failure.Remedy}.");
        }
    }
}
