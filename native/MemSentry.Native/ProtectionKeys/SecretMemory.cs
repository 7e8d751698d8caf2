using System.Runtime.InteropServices;

namespace MemSentry.Native.ProtectionKeys;

/// <summary>
/// Memory that the kernel itself cannot read (memfd_secret(2)): <c>/proc/self/mem</c>, <c>process_vm_readv</c> and system calls that copy out of it fail.
/// </summary>
internal static unsafe class SecretMemory
{
    private const nuint CloseOnExecute = 0x80000;
    private const int MapShared = 0x01;
    private const int MapFixed = 0x10;

    /// <summary>Replaces pages that are reserved already.</summary>
    /// <remarks>
    /// The descriptor is closed before anything is in the memory: by it, the same memory could be mapped again, without the key. A child of fork must not get the
    /// mapping either, because it could give the shared pages another key.
    /// </remarks>
    /// <param name="address">First byte, page-aligned.</param>
    /// <param name="length">Bytes, a multiple of a page.</param>
    public static SystemCallFailure? Map(ulong address, ulong length)
    {
        int file = (int)LibC.SystemCall(LibC.SystemCallSecretMemory, CloseOnExecute, 0, 0);
        if (file < 0)
        {
            return Failure("memfd_secret");
        }

        SystemCallFailure? failure = Map(file, address, length);
        LibC.Close(file);
        return failure ?? AddressSpace.Advise(address, length, MemoryAdvice.DontFork);
    }

    private static SystemCallFailure? Map(int file, ulong address, ulong length) =>
        LibC.SetLength(file, (long)length) != 0
            ? Failure("ftruncate")
            : LibC.Map((void*)address, (nuint)length, (int)MemoryProtection.ReadWrite, MapShared | MapFixed, file, 0) == LibC.MapFailed
                ? Failure("mmap of secret memory")
                : null;

    private static SystemCallFailure Failure(string call) => new(call, (Errno)Marshal.GetLastPInvokeError());
}
