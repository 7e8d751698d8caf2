using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

[assembly: System.Reflection.AssemblyTitle("Everything")]

namespace Robust;

public interface IShape<out T> { T Area { get; } event Action Changed; }

[StructLayout(LayoutKind.Explicit, Size = 16)]
public unsafe struct Packet
{
    [FieldOffset(0)] public int Length;
    [FieldOffset(4)] public fixed byte Data[8];
}

public ref struct Window { public Span<byte> Bytes; public ref int First; }

public struct Pair<TFirst, TSecond> where TSecond : unmanaged { public TFirst First; public TSecond Second; public static Pair<TFirst, TSecond> Empty; }

public enum Colour : ushort { Red, Green = 7 }

[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
public sealed class NoteAttribute(string text, params int[] numbers) : Attribute { public string Text => text; public int[] Numbers => numbers; public Type? Kind { get; set; } public Colour Hue; }

[Note("type", 1, 2, 3, Kind = typeof(Dictionary<string, int[]>), Hue = Colour.Green)]
public abstract unsafe class Shape<T> : IShape<T> where T : struct, IComparable<T>
{
    protected volatile int Count;
    private static readonly byte[] Table = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    public abstract T Area { get; }
    public event Action Changed { add { } remove { } }
    public const long Limit = 1L << 40;
    public int this[int i, string key] { get => i + key.Length; set => Count = value; }

    public class Nested<TInner> { public class Deep { public TInner? Value; public T Area; } }

    [Note("peek")]
    public static int Peek(int* a, [Note("offset")] long offset = 4)
    {
        try { return a[offset]; }
        catch (NullReferenceException e) when (e.Message.Length > 3) { return a[1]; }
        catch (InvalidOperationException) { return 2; }
        finally { GC.KeepAlive(Table); }
    }

    public static int Choose(int n, byte* p)
    {
        switch (n)
        {
            case 0: return p[0];
            case 1: return p[1] + 1;
            case 2: return *(short*)p;
            case 3: return *(int*)(p + 8);
            case 4: { Packet* packet = (Packet*)p; packet->Length = n; return packet->Data[n]; }
            case 5: return Unsafe.ReadUnaligned<int>(p);
            default: goto case 0;
        }
    }

    public static TItem Generic<TItem>(TItem* p, int count) where TItem : unmanaged
    {
        TItem sum = default;
        for (int i = 0; i < count; i++) sum = p[i];
        return sum;
    }

    public static void Copy(byte* to, int[,] matrix, ref Window window)
    {
        fixed (byte* from = Table) Buffer.MemoryCopy(from, to, 9, 9);
        Unsafe.InitBlock(to, 0, 4);
        fixed (int* m = &matrix[1, 2]) *m = to[0];
        window.Bytes = new Span<byte>(to, 8);
        Span<long> local = stackalloc long[4];
        local[0] = matrix[0, 1];
    }

    public static int Through(delegate*<int, byte*, int> f, byte* p) => f(3, p);

    public static long Native(void* p, delegate* unmanaged[Cdecl]<void*, long> f) => f(p);

    public static Func<int, int> Closure(int[] numbers, nint p) => i => numbers[i] + *(int*)p + new Pair<string, int> { Second = i }.Second;

    public static bool Compare(T a, object b) => b is T t ? a.CompareTo(t) == 0 : b switch { string { Length: > 3 } => true, int[] => false, _ => throw new ArgumentException("b", nameof(b)) };
}

public static class Generated
{
    [DllImport("libc", EntryPoint = "getpid")] public static extern int GetPid();

    public static IEnumerable<KeyValuePair<string, List<int>>> Items(int n)
    {
        for (int i = 0; i < n; i++) yield return new($"{i}", new List<int>());
    }

    public static async Task<int> Later(IntPtr p)
    {
        await Task.Yield();
        return At(p) + (await Task.FromResult(1));
        static unsafe int At(IntPtr p) => *(int*)p;
    }
}
