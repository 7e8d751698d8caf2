using System;
using System.IO;
using System.Runtime.InteropServices;

namespace MemSentry.Attacks.Fixtures;

/// <summary>
/// Ranges that begin below the block and end above it. Who checks only where a range begins, or both ends one by one, lets them pass: neither end
/// touches the block.
/// </summary>
public static unsafe class Ranges
{
    private const long Low = 0x10000;
    private const long High = 1L << 47;

    [ConversionAttack("newobj", SpansBlock = true, FatalOnNull = true)]
    public static ulong Stream(nint address)
    {
        using var stream = new UnmanagedMemoryStream((byte*)Low, High - Low);
        stream.Position = address - Low;
        return (ulong)stream.ReadByte();
    }

    [ConversionAttack("newobj", SpansBlock = true, FatalOnNull = true)]
    public static void StreamThatIsWritten(nint address, ulong value)
    {
        using var stream = new UnmanagedMemoryStream((byte*)Low, High - Low, High - Low, FileAccess.ReadWrite);
        stream.Position = address - Low;
        stream.WriteByte((byte)value);
    }

    // The handle was compared when it was set; the length is what is left to lie with.
    [ConversionAttack("callvirt", Api = "SafeBuffer::Initialize(ulong)", SpansBlock = true, FatalOnNull = true)]
    public static ulong Accessor(nint address)
    {
        var buffer = new Everything();
        buffer.Initialize(High - Low);
        using var accessor = new UnmanagedMemoryAccessor(buffer, 0, High - Low);
        return accessor.ReadUInt64(address - Low);
    }

    // The product of two harmless 32-bit numbers.
    [ConversionAttack("callvirt", Api = "SafeBuffer::Initialize(uint, uint)", SpansBlock = true, FatalOnNull = true)]
    public static ulong BufferOfElements(nint address)
    {
        var buffer = new Everything();
        buffer.Initialize(int.MaxValue, 0x10000);
        return buffer.Read<ulong>((ulong)(address - Low));
    }

    [ConversionAttack("callvirt", Api = "SafeBuffer::Initialize(uint)", SpansBlock = true, FatalOnNull = true)]
    public static ulong BufferOfStructures(nint address)
    {
        var buffer = new Everything();
        buffer.Initialize<Big>(int.MaxValue);
        return buffer.Read<ulong>((ulong)(address - Low));
    }

    [ConversionAttack("call", SpansBlock = true, FatalOnNull = true)]
    public static ulong SpanOfBigStructures(nint address)
    {
        // A length of 32 bits, and 2^47 bytes all the same.
        var span = new Span<Big>((void*)Low, int.MaxValue);
        return span[(int)((address - Low) >> 16)].Bytes[(address - Low) & 0xFFFF];
    }

    [ConversionAttack("call", SpansBlock = true, FatalOnNull = true)]
    public static void SpanOfBigStructuresByReference(nint address, ulong value)
    {
        Span<Big> span = MemoryMarshal.CreateSpan(ref *(Big*)Low, int.MaxValue);
        span[(int)((address - Low) >> 16)].Bytes[(address - Low) & 0xFFFF] = (byte)value;
    }

    [ConversionAttack("call", SpansBlock = true, FatalOnNull = true)]
    public static ulong SpanOfUnknownStructures(nint address) => Of<Big>(address);

    [Accomplice]
    private static ulong Of<T>(nint address)
        where T : unmanaged
    {
        var span = new ReadOnlySpan<T>((void*)Low, int.MaxValue);
        fixed (T* element = &span[(int)((address - Low) >> 16)])
        {
            // Through a copy: only the span is the attacker's.
            T copy = *element;
            return ((byte*)&copy)[(address - Low) & 0xFFFF];
        }
    }

    private struct Big
    {
        public fixed byte Bytes[0x10000];
    }

    private sealed class Everything : SafeBuffer
    {
        public Everything()
            : base(ownsHandle: false) => SetHandle((nint)Low);

        protected override bool ReleaseHandle() => true;
    }
}
