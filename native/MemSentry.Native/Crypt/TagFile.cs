using System.Runtime.InteropServices;

namespace MemSentry.Native.Crypt;

/// <summary>
/// Memory that this process reads like any other and cannot store to: a file without a name, mapped without the right to write, and written by <c>pwrite</c>.
/// </summary>
/// <remarks>
/// What this stops is a stray or forged <em>store</em>. It does not stop a system call: who has the process write to this very descriptor, or through
/// <c>/proc/self/fd</c>, changes a tag.
/// </remarks>
internal static unsafe class TagFile
{
    private const int ReadOnly = 1;
    private const int MapShared = 0x01;
    private const uint CloseOnExecute = 1;
    private const uint AllowSealing = 2;
    private const uint AddSeals = 1033;
    private const uint SealShrink = 0x2;
    private const uint SealGrow = 0x4;
    private const uint SealSeal = 0x1;

    private static ReadOnlySpan<byte> Name => "memsentry-tags\0"u8;

    /// <summary>Makes one.</summary>
    /// <param name="length">Bytes, a multiple of a page.</param>
    /// <param name="address">Where it is mapped; 0 after a failure.</param>
    /// <param name="file">Its descriptor; -1 after a failure.</param>
    public static SystemCallFailure? Create(int length, out ulong address, out int file)
    {
        address = 0;
        fixed (byte* name = Name)
        {
            file = (int)LibC.SystemCall(LibC.SystemCallMemoryFile, (nuint)name, CloseOnExecute | AllowSealing, 0);
        }

        if (file < 0)
        {
            return Failure("memfd_create");
        }

        SystemCallFailure? failure = Prepare(file, length, out address);
        if (failure is not null)
        {
            LibC.Close(file);
            file = -1;
        }

        return failure;
    }

    private static SystemCallFailure? Prepare(int file, int length, out ulong address)
    {
        address = 0;
        if (LibC.SetLength(file, length) != 0)
        {
            return Failure("ftruncate");
        }

        // A file that somebody else makes shorter would turn each open into a bus error.
        if (LibC.SystemCall(LibC.SystemCallFileControl, (nuint)file, AddSeals, SealShrink | SealGrow | SealSeal) != 0)
        {
            return Failure("fcntl");
        }

        void* at = LibC.Map(null, (nuint)length, ReadOnly, MapShared, file, 0);
        if (at == LibC.MapFailed)
        {
            return Failure("mmap");
        }

        // A forked child shares the file: its closes would be taken for ours.
        SystemCallFailure? failure = AddressSpace.Advise((ulong)at, (ulong)length, MemoryAdvice.DontFork);
        if (failure is not null)
        {
            LibC.Unmap(at, (nuint)length);
            return failure;
        }

        AddressSpace.Seal((ulong)at, (ulong)length);
        address = (ulong)at;
        return null;
    }

    private static SystemCallFailure Failure(string call) => new(call, (Errno)Marshal.GetLastPInvokeError());
}
