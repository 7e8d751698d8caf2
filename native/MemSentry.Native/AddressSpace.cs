using System.Runtime.InteropServices;

namespace MemSentry.Native;

/// <summary>
/// Changes to this process's address space. Each member answers <see langword="null"/> on success and the refused call otherwise:
/// the callers differ in what a refusal means (start-up refusal, exception, a line in the status), so none is thrown here.
/// Addresses and lengths are in bytes and page-aligned.
/// </summary>
internal static unsafe class AddressSpace
{
    private const int MapPrivate = 0x02;
    private const int MapFixed = 0x10;
    private const int MapAnonymous = 0x20;
    private const int MapNoReserve = 0x4000;
    private const int MapFixedNoReplace = 0x100000;
    private const nuint LockOnFault = 1;
    private const nuint MayMove = 1;
    private const nuint MoveToFixed = 2;

    /// <summary>Reserves exactly this range without rights and without memory. <see cref="Errno.EEXIST"/> if anything is there.</summary>
    public static SystemCallFailure? Reserve(ulong address, ulong length)
    {
        void* at = LibC.Map((void*)address, (nuint)length, 0, MapPrivate | MapAnonymous | MapNoReserve | MapFixedNoReplace, -1, 0);
        if (at == LibC.MapFailed)
        {
            return Failure("mmap");
        }

        if ((ulong)at == address)
        {
            return null;
        }

        // Kernels before 4.17 do not know the flag, take the address as a hint and place the mapping elsewhere when it is taken.
        LibC.Unmap(at, (nuint)length);
        return new SystemCallFailure("mmap", Errno.EEXIST);
    }

    /// <summary>Reserves a range wherever the kernel likes.</summary>
    public static SystemCallFailure? ReserveAnywhere(ulong length, out ulong address)
    {
        void* at = LibC.Map(null, (nuint)length, 0, MapPrivate | MapAnonymous | MapNoReserve, -1, 0);
        address = at == LibC.MapFailed ? 0 : (ulong)at;
        return at == LibC.MapFailed ? Failure("mmap") : null;
    }

    /// <summary>Reserves a range again whose pages are given up, whatever they were: nothing of them is left.</summary>
    public static SystemCallFailure? ReserveAgain(ulong address, ulong length) =>
        LibC.Map((void*)address, (nuint)length, 0, MapPrivate | MapAnonymous | MapNoReserve | MapFixed, -1, 0) == LibC.MapFailed ? Failure("mmap") : null;

    /// <summary>Moves pages to another address, in place of what is there and in one step (mremap).</summary>
    public static SystemCallFailure? Move(ulong from, ulong length, ulong to) =>
        LibC.SystemCall(LibC.SystemCallMremap, (nuint)from, (nuint)length, (nuint)length, MayMove | MoveToFixed, (nuint)to) == (long)to ? null : Failure("mremap");

    public static SystemCallFailure? Release(ulong address, ulong length) =>
        LibC.Unmap((void*)address, (nuint)length) == 0 ? null : Failure("munmap");

    public static SystemCallFailure? Protect(ulong address, ulong length, MemoryProtection protection) =>
        LibC.Protect((void*)address, (nuint)length, (int)protection) == 0 ? null : Failure("mprotect");

    public static SystemCallFailure? Advise(ulong address, ulong length, MemoryAdvice advice) =>
        LibC.Advise((void*)address, (nuint)length, (int)advice) == 0 ? null : Failure("madvise");

    /// <summary>
    /// Keeps pages out of swap from their first touch on. Not plain mlock, which would touch every page now: a large, sparsely
    /// used region must not cost its whole length in memory.
    /// </summary>
    public static SystemCallFailure? Lock(ulong address, ulong length) =>
        LibC.SystemCall(LibC.SystemCallMlock2, (nuint)address, (nuint)length, LockOnFault) == 0 ? null : Failure("mlock2");

    public static SystemCallFailure? Unlock(ulong address, ulong length) =>
        LibC.Unlock((void*)address, (nuint)length) == 0 ? null : Failure("munlock");

    /// <summary>Forbids munmap, mprotect and MAP_FIXED over the range for the rest of the process's life (Linux 6.10).</summary>
    public static SystemCallFailure? Seal(ulong address, ulong length) =>
        LibC.SystemCall(LibC.SystemCallMseal, (nuint)address, (nuint)length, 0) == 0 ? null : Failure("mseal");

    /// <summary>Asks the kernel, not our own memory, whether a page is mapped.</summary>
    public static bool IsMapped(ulong page)
    {
        byte resident;
        return LibC.IsInCore((void*)page, 1, &resident) == 0;
    }

    private static SystemCallFailure Failure(string call) => new(call, (Errno)Marshal.GetLastPInvokeError());
}
