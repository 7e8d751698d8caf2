using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fuzz;

// No structure has padding: what a copy does to it is nobody's promise.
public struct Small
{
    public byte Byte;
    public byte Other;
    public short Short;
    public int Int;
    public long Long;
}

[StructLayout(LayoutKind.Explicit)]
public struct Overlap
{
    [FieldOffset(0)] public long Whole;
    [FieldOffset(4)] public uint Half;
    [FieldOffset(0)] public double Real;
    [FieldOffset(3)] public short Odd;
}

[StructLayout(LayoutKind.Explicit, Size = 2048)]
public struct Wide
{
    [FieldOffset(0)] public long First;
    [FieldOffset(1020)] public float Middle;
    [FieldOffset(2040)] public long Last;
}

public struct Outer
{
    public ushort Pad;
    public ushort MorePad;
    public int MostPad;
    public Small Inner;
}

public struct Pair<T>
{
    public T First;
    public T Second;
}

public unsafe struct Numbers
{
    public fixed int Values[4];
}

[InlineArray(4)]
public struct Quad
{
    private long _element;

    public long Item(int index) => this[index];
}

public readonly unsafe struct Wrapper(byte* address)
{
    public byte* Address { get; } = address;
}

public readonly unsafe ref struct Reach<T>(byte* address)
    where T : unmanaged
{
    private readonly ref T _value = ref *(T*)address;

    public ref T Value => ref _value;
}

public readonly unsafe ref struct View(byte* address, int length)
{
    public Span<byte> Span { get; } = new(address, length);

    public Span<byte> Part(int start) => Span[start..];
}

public static unsafe class Slot<T>
    where T : unmanaged
{
    public static T Get(byte* address) => *(T*)address;

    public static void Set(byte* address, T value) => *(T*)address = value;

    public static T At(byte* address, nint index) => ((T*)address)[index];

    public static void Put(byte* address, nint index, T value) => *(T*)(address + index * sizeof(T)) = value;
}

public unsafe class Visitor
{
    public virtual long Visit(byte* at) => *(long*)(at + 8);
}

public unsafe class LowVisitor : Visitor
{
    public override long Visit(byte* at) => base.Visit(at) + at[1];
}

public unsafe interface IReader
{
    T Read<T>(byte* address) where T : unmanaged => *(T*)address;

    void Write<T>(byte* address, T value) where T : unmanaged;
}

public unsafe class PlainReader : IReader
{
    public void Write<T>(byte* address, T value) where T : unmanaged => *(T*)address = value;
}

public unsafe interface IStatic
{
    static abstract long Get(byte* at);
}

public unsafe struct Doubling : IStatic
{
    public static long Get(byte* at) => *(int*)at * 2L;
}

/// <summary>Holds pointers for members: where an analysis of variables loses sight of them.</summary>
public unsafe class Holder
{
    public byte* Address;
    public nint[] Array = new nint[4];
    public byte*[] Pointers = new byte*[4];
}

public unsafe struct Place
{
    public long Before;
    public byte* Address;
}

[StructLayout(LayoutKind.Explicit)]
public unsafe struct Both
{
    [FieldOffset(0)] public byte* Address;
    [FieldOffset(0)] public ulong Number;
}
