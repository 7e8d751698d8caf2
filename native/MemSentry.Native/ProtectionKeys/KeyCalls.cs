using System.Runtime.InteropServices;

namespace MemSentry.Native.ProtectionKeys;

/// <summary>The system calls about protection keys (pkeys(7)). As in <see cref="AddressSpace"/>, <see langword="null"/> is success.</summary>
internal static class KeyCalls
{
    private const nuint DisableAccess = 1;

    /// <summary>Takes a key that nobody has, closed for this thread. <see cref="Errno.ENOSPC"/> if there is none, or if the machine has no keys.</summary>
    /// <param name="key">From 1 to 15; -1 after a failure.</param>
    public static SystemCallFailure? Allocate(out int key)
    {
        key = (int)LibC.SystemCall(LibC.SystemCallKeyAllocate, 0, DisableAccess, 0);
        return key >= 0 ? null : Failure("pkey_alloc");
    }

    /// <summary>Gives a key back. Pages that have it keep it.</summary>
    public static SystemCallFailure? Free(int key) =>
        LibC.SystemCall(LibC.SystemCallKeyFree, (nuint)key, 0, 0) == 0 ? null : Failure("pkey_free");

    /// <summary>Gives pages rights and a key.</summary>
    /// <param name="address">First byte, page-aligned.</param>
    /// <param name="length">Bytes, a multiple of a page.</param>
    /// <param name="protection">What the pages allow to those whom the key allows it.</param>
    /// <param name="key">From 0 to 15.</param>
    public static SystemCallFailure? Protect(ulong address, ulong length, MemoryProtection protection, int key) =>
        LibC.SystemCall(LibC.SystemCallKeyProtect, (nuint)address, (nuint)length, (nuint)protection, (nuint)key) == 0
            ? null
            : Failure("pkey_mprotect");

    private static SystemCallFailure Failure(string call) => new(call, (Errno)Marshal.GetLastPInvokeError());
}
