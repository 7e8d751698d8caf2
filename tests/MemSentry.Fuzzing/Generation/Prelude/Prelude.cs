using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Threading;

namespace Fuzz;

/// <summary>What generated members call. It is woven together with them.</summary>
public static unsafe class Prelude
{
    /// <summary>
    /// Zero, which no compiler knows. The JIT throws for a division that it knows to be one by zero before it evaluates what comes first; it may do so in one
    /// of two members that differ in nothing but checks.
    /// </summary>
    public static long Zero;
    public static nint StaticPlace;
    public static readonly Func<nint, long, long> Adder = (address, number) => *(long*)address + number;
    private static readonly Visitor[] Visitors = [new Visitor(), new LowVisitor()];

    public static T Read<T>(ref T place) => place;

    public static void Write<T>(ref T place, T value) => place = value;

    public static ref T Returned<T>(byte* address) where T : unmanaged => ref *(T*)address;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Inlined<T>(byte* address) where T : unmanaged => *(T*)address;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Inline<T>(byte* address, T value) where T : unmanaged => *(T*)address = value;

    public static T Reached<T>(byte* address) where T : unmanaged => new Reach<T>(address).Value;

    public static void Reach<T>(byte* address, T value) where T : unmanaged => new Reach<T>(address).Value = value;

    public static IReader Reader() => new PlainReader();

    /// <summary>Whether two structures do not overlap: what an overlapping copy does is nobody's promise either.</summary>
    public static bool AreApart(byte* one, byte* other) => (ulong)(one - other + 2048) > 4096;

    public static byte* Same(byte* address) => address;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static byte* Opaque(byte* address) => address;

    /// <summary>
    /// Stands behind every fill and copy by instruction. RyuJIT 10.0.12 believes that one of variable length changes nothing it has read: compiled in full,
    /// <c>for (…) Unsafe.InitBlockUnaligned(p, 0, *p &amp; 63u)</c> reads <c>*p</c> once, unwoven as it is written, and a check or mask in between decides whether it
    /// does. Behind a call it looks again.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void LookAgain()
    {
    }

    public static (nint First, long Second) Swap(long number, nint address) => (address, number);

    public static byte* Deep(byte* address, int depth) => depth == 0 ? address : Deep(address + depth, depth - 1) - depth;

    /// <summary>What it returns lies beside what it has stored to.</summary>
    internal static byte* Touch(byte* address)
    {
        *address ^= (byte)Zero;
        return address + 1;
    }

    public static void Give(byte* address, out byte* place) => place = address;

    public static void Fill(byte* to, byte value, uint length)
    {
        for (byte* end = to + length; to < end; to++)
            *to = value;
    }

    public static long Sum(byte* from, long length)
    {
        long sum = 0;
        for (long i = 0; i < (length & 15); i++)
            sum += ((short*)from)[i];
        return sum;
    }

    public static long Walk(byte* from, long steps) => (steps &= 7) == 0 ? *from : *(int*)from + Walk(from + 2, steps - 1) * 3;

    public static long Digest(byte* from, long length)
    {
        long digest = 17;
        foreach (byte value in new ReadOnlySpan<byte>(from, (int)length & 31))
            digest = digest * 31 + value;
        return digest;
    }

    public static long Closure(byte* from, long number)
    {
        Func<int, long> at = i => ((int*)from)[i & 3] + number;
        return at(0) ^ at(2);
    }

    public static long Iterate(byte* from, long number)
    {
        long result = number;
        foreach (long value in Values((nint)from))
            result ^= value;
        return result;

        static IEnumerable<long> Values(nint address)
        {
            for (int i = 0; i < 3; i++)
                yield return At(address, i);
        }

        static long At(nint address, int i) => ((long*)address)[i];
    }

    public static long Exchange(byte* at, long number) => Interlocked.Exchange(ref *(long*)at, number) + Interlocked.Add(ref ((int*)at)[2], (int)number);

    public static long Bits(byte* at, long number) =>
        BitOperations.PopCount(*(ulong*)at) + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(new ReadOnlySpan<byte>(at + 4, 4)) + number;

    public static long Lanes(byte* at, long number)
    {
        Vector128<long> low = Vector128.Load((long*)at) + Vector128.Create(number);
        Vector256<int> high = Vector256.LoadUnsafe(ref *(int*)at);
        low.Store((long*)at);
        return Vector128.Sum(low) + Vector256.Sum(high) + Vector64.Sum(Vector64.Load(at + 3));
    }

    public static long Pinned(byte* at, long number)
    {
        fixed (byte* pinned = new Span<byte>(at, 8))
        fixed (byte* own = new byte[8])
        {
            *(long*)own = number;
            return *(long*)pinned ^ *(long*)own;
        }
    }

    public static long Guarded(byte* at, long number)
    {
        long result = 0;
        try
        {
            result = *(long*)at;
            result /= number & 1;
        }
        catch (DivideByZeroException) when (*at > 7)
        {
            result += *(ushort*)(at + 8);
        }
        finally
        {
            result ^= *(int*)(at + 12);
        }

        return result;
    }

    public static long Virtual(byte* at, long number) => Visitors[number & 1].Visit(at);

    public static long Static(byte* at, long number) => Generic<Doubling>(at) + number;

    public static long Delegate(byte* at, long number) => Adder((nint)at, number);

    public static long Buffer(byte* at, long number)
    {
        byte* buffer = stackalloc byte[32];
        Unsafe.CopyBlock(buffer, at, 32);
        buffer[number & 31] = 1;
        Unsafe.CopyBlock(at, buffer, 16);
        return *(long*)(buffer + 8);
    }

    public static long Fixed(byte* at, long number)
    {
        var structure = (Numbers*)at;
        structure->Values[number & 3] += 5;
        return structure->Values[1] + ((Quad*)at)->Item((int)number & 3);
    }

    public static long InArray(byte* at, long number)
    {
        byte*[] addresses = [at, at + 8, at + 16];
        return *(long*)addresses[number & 1] + *addresses[2];
    }

    public static long Slices(byte* at, long number)
    {
        var view = new View(at, 32);
        return view.Part((int)number & 7)[1] + view.Span[^1];
    }

    /// <summary>Members that only it calls believe that it has checked the address.</summary>
    public static long Chain(byte* at, long number)
    {
        at[1] ^= (byte)Zero;
        return Link(at, number & 3) + Link(at + 4, 1);
    }

    /// <summary>Two members that call each other believe what the other has proven.</summary>
    public static long Circle(byte* at, long number) => Forth(Touch(at), (int)number & 7);

    private static long Link(byte* at, long index) => at[index] + ((short*)at)[index] * Last(at + 1);

    private static long Last(byte* at) => *(int*)at ^ at[-1];

    private static long Forth(byte* at, int steps) => steps == 0 ? *(long*)at : Back(Touch(at), steps - 1) * 3 + *at;

    private static long Back(byte* at, int steps) => steps == 0 ? *at : Forth(Touch(at) - 2, steps - 1) ^ at[2];

    private static long Generic<T>(byte* at)
        where T : IStatic => T.Get(at);
}
