using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemSentry.Attacks.Outside;

/// <summary>Ranges that come out of code that is not woven.</summary>
public static unsafe class OutsideStreams
{
    /// <summary>A stream over all of the lower half of the address space but its first page.</summary>
    public static UnmanagedMemoryStream OverEverything() => new((byte*)0x10000, (1L << 47) - 0x10000);

    /// <summary>Gives a buffer its address, as the marshaller does with a handle that native code returned.</summary>
    public static void SetHandle(SafeBuffer buffer, long address) => Handle(buffer) = (nint)address;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "handle")]
    private static extern ref nint Handle(SafeHandle handle);
}
