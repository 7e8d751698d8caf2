using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Microsoft.Win32.SafeHandles;

namespace MemSentry.AccessTable.Tests.Lookup;

/// <summary>One call per member, compiled so that the tests meet references as compilers write them. Never run.</summary>
internal static unsafe class Calls
{
    public static T UnsafeRead<T>(void* p) => Unsafe.Read<T>(p);

    public static int UnsafeReadOfInt(void* p) => Unsafe.Read<int>(p);

    public static ref byte AddInt(ref byte r, int n) => ref Unsafe.Add(ref r, n);

    public static ref byte AddNative(ref byte r, nuint n) => ref Unsafe.Add(ref r, n);

    public static ref byte SubtractBytes(ref byte r, nint n) => ref Unsafe.SubtractByteOffset(ref r, n);

    public static ref int AsRefOfPointer(void* p) => ref Unsafe.AsRef<int>(p);

    public static ref int AsRefOfReference(ref int r) => ref Unsafe.AsRef(in r);

    public static ref long AsOther(ref int r) => ref Unsafe.As<int, long>(ref r);

    public static void CopyBlock(void* d, void* s, uint n) => Unsafe.CopyBlock(d, s, n);

    public static void MemoryCopy(void* s, void* d, ulong n) => Buffer.MemoryCopy(s, d, n, n);

    public static Span<long> SpanOfPointer(void* p, int n) => new(p, n);

    public static ref int SpanItem(Span<int> span) => ref span[1];

    public static Span<T> CreateSpan<T>(ref T r, int n) => MemoryMarshal.CreateSpan(ref r, n);

    public static UnmanagedMemoryStream Stream(byte* p, long n) => new(p, n);

    public static UnmanagedMemoryStream StreamWithCapacity(byte* p, long n) => new(p, 0, n, FileAccess.Read);

    public static int ReadAtOffset(nint p, int n) => Marshal.ReadInt32(p, n);

    public static void WriteNative(nint p, nint v) => Marshal.WriteIntPtr(p, v);

    public static void CopyDoubles(double[] a, nint p, int n) => Marshal.Copy(a, 0, p, n);

    public static object? Target(nint h) => GCHandle.FromIntPtr(h);

    public static object? TargetOf(GCHandle h) => h.Target;

    public static Vector256<float> LoadVector(float* p) => Vector256.Load(p);

    public static void StoreVector(Vector128<int> v, ref int r, nuint n) => v.StoreUnsafe(ref r, n);

    public static Vector128<int> Gather32(int* p, Vector128<int> i) => Avx2.GatherVector128(p, i, 4);

    public static Vector256<long> Gather64(long* p, Vector256<long> i) => Avx2.GatherVector256(p, i, 8);

    public static Vector512<byte> NestedMaskLoad(byte* p, Vector512<byte> m) => Avx512BW.MaskLoad(p, m, m);

    public static Vector256<byte> InNestedType(byte* p, Vector256<byte> m) => Avx512BW.VL.MaskLoad(p, m, m);

    public static nint Exchange(ref nint r, nint v) => Interlocked.CompareExchange(ref r, v, 0);

    public static string StringAt(char* p) => new(p, 3, 5);

    public static nint HandleOfDerived(SafeFileHandle handle) => handle.DangerousGetHandle();

    public static int Framework(System.Text.UTF8Encoding encoding, byte* p) => encoding.GetCharCount(p, 1);

    public static void* Pointer(nint p) => (void*)IntPtr.Add(p, 8);

    public static void NotListed() => Console.WriteLine();

    public static int ArrayAddress(int[,] a) => a[0, 0];
}
