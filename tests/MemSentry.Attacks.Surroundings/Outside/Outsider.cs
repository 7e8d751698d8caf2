using System.Buffers;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemSentry.Attacks.Outside;

/// <summary>Code of an assembly that nobody weaves: whatever address it gets, it uses.</summary>
public unsafe class Outsider
{
    private readonly ulong* _kept;

    /// <summary>Keeps nothing.</summary>
    public Outsider()
    {
    }

    /// <summary>Keeps a pointer for later.</summary>
    public Outsider(ulong* pointer) => _kept = pointer;

    public static ulong Read(ulong* pointer) => *pointer;

    public static void Write(ulong* pointer, ulong value) => *pointer = value;

    public static ulong ReadAt(nint address) => *(ulong*)address;

    public static void WriteAt(nint address, ulong value) => *(ulong*)address = value;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ulong ReadReference(ref ulong reference) => reference;

    public static ulong ReadOffset(nint address, int offset, double unused) => *(ulong*)(address + offset);

    public static ulong ReadSpan(in ReadOnlySpan<byte> span) => span[3];

    /// <summary>Reads the byte at a distance from the start of a span.</summary>
    public static ulong ReadSpan(ReadOnlySpan<Block> span, long distance) => span[(int)(distance >> 16)].At(distance & 0xFFFF);

    /// <summary>Calls a native function with an address that nobody could see coming.</summary>
    public static ulong CallNative(nint function, long address) => ((delegate* unmanaged<void*, ulong>)function)((void*)address);

    /// <inheritdoc cref="CallNative(nint, long)"/>
    public static void CallNative(nint function, long address, ulong value) =>
        ((delegate* unmanaged<void*, ulong, void>)function)((void*)address, value);

    public static void Throw() => throw new FormatException();

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool AreInverse(long a, long b) => a == ~b;

    public static ulong ReadAmong(nint address, int a, double b, long c, object? d) =>
        *(ulong*)address + (ulong)a + (ulong)b + (ulong)c + (d is null ? 0UL : 1UL) - 6;

    /// <summary>What lies at the address that a handle holds.</summary>
    public static ulong ReadHandle(SafeHandle handle) => ReadAt(handle.DangerousGetHandle());

    /// <inheritdoc cref="ReadHandle(SafeHandle)"/>
    public static ulong ReadHandle(HandleRef handle) => ReadAt(handle.Handle);

    /// <summary>What lies at the address that a memory handle holds.</summary>
    public static ulong ReadMemory(MemoryHandle handle) => *(ulong*)handle.Pointer;

    /// <summary>A number that depends on the bytes in a private field.</summary>
    public static ulong ReadField(object holder, string name) =>
        Digest((byte[])holder.GetType().GetField(name, BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(holder)!);

    /// <summary>A number that depends on every character.</summary>
    public static ulong Digest(ReadOnlySpan<char> text) => Digest(MemoryMarshal.AsBytes(text));

    /// <summary>A number that depends on every byte (FNV-1a).</summary>
    public static ulong Digest(ReadOnlySpan<byte> bytes)
    {
        ulong digest = 14695981039346656037;
        foreach (byte part in bytes)
            digest = (digest ^ part) * 1099511628211;
        return digest;
    }

    public virtual ulong ReadVirtually(ulong* pointer) => *pointer;

    public virtual void WriteVirtually(ulong* pointer, ulong value) => *pointer = value;

    public virtual ulong ReadKept() => *_kept;

    /// <summary>64 KiB.</summary>
    public struct Block
    {
        private fixed byte _bytes[0x10000];

        /// <summary>One of its bytes.</summary>
        public readonly byte At(long index) => _bytes[index];
    }
}
