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

    /// <summary>Returns pages to the kernel. The caller has overwritten what was in them, if it could.</summary>
    /// <returns>The first refusal of the kernel; what comes behind it is done all the same, so that as little as possible stays.</returns>
    public static SystemCallFailure? Close(ArenaHeader* arena, int domain, ulong offset, ulong length, bool locked)
    {
        ulong address = AddressOf(arena, offset);
        arena->CommittedBytes -= length;
        (locked ? ref arena->LockedBytes : ref arena->UnlockedBytes) -= length;
        if (arena->PagesAreMapped == 0)
        {
            return null;
        }

        if (DomainTable.At(arena, domain)->Method == DomainMethod.ProtectionKeys)
        {
            return KeyedPages.Close(arena, offset, length);
        }

        // The order matters: locked pages cannot be given back (EINVAL).
        SystemCallFailure? kept = locked ? AddressSpace.Unlock(address, length) : null;
        SystemCallFailure? stayed = AddressSpace.Advise(address, length, MemoryAdvice.DontNeed);
        return TrySetRights(arena, offset, length, MemoryProtection.None) is { } open ? kept ?? stayed ?? open : kept ?? stayed;
    }

    /// <summary>Does nothing in ordinary memory: a process that lives there was told aloud that nothing is protected.</summary>
    /// <exception cref="SafeRegionException">The kernel refuses.</exception>
    public static void SetRights(ArenaHeader* arena, ulong offset, ulong length, MemoryProtection rights) =>
        ThrowIfRefused(TrySetRights(arena, offset, length, rights));

    /// <summary>The same, for who has something to do about a refusal.</summary>
    public static SystemCallFailure? TrySetRights(ArenaHeader* arena, ulong offset, ulong length, MemoryProtection rights) =>
        arena->PagesAreMapped == 0 ? null : AddressSpace.Protect(AddressOf(arena, offset), length, rights);

    /// <summary>Fixes the rights of open pages for ever, where the kernel can. For pages that are never given back.</summary>
    /// <returns>What a kernel that can has refused. That it cannot was already met, and recorded for the status, when the guards were sealed.</returns>
    public static SystemCallFailure? Seal(ArenaHeader* arena, ulong offset, ulong length) =>
        arena->PagesAreMapped != 0 && arena->SealError == 0 ? AddressSpace.Seal(AddressOf(arena, offset), length) : null;

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
            throw Refused(failure);
        }
    }

    /// <summary>What a refusal of the kernel means to the program.</summary>
    public static SafeRegionException Refused(SystemCallFailure failure) => new(
        RuntimeCode.PagesRefused, $"The kernel refused to change pages of the safe regions: {failure}; {failure.Remedy}.");
}
