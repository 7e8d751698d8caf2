namespace Constructs;

/// <summary>Addresses as values: whatever is done to an access, comparing, subtracting, storing and testing pointers gives what it gave before.</summary>
public static unsafe class Values
{
    private static int* s_stored;
    private static nint s_number;

    public static string Comparisons()
    {
        int* p = Raw.Of(1, 2, 3);
        int* q = p + 2;
        int* none = null;
        void* high = (void*)nuint.MaxValue;
        _ = *p + *q;
        return Show.All(p == q, p < q, p >= q, p != null, none == null, none <= p, high > p, (nuint)high == nuint.MaxValue, (nint)high < 0, p == (int*)(nint)p, (ulong)p == (nuint)p);
    }

    public static string Differences()
    {
        long* p = Raw.Of(1L, 2L, 3L);
        long* q = p;
        while (*q != 3)
            q++;
        return Show.All(q - p, p - q, (byte*)q - (byte*)p, (nint)q - (nint)p, (int)((ulong)q - (ulong)p), (nint)(p + 1) - (nint)p, (long*)null - (long*)null);
    }

    public static string StoredAndReadAgain()
    {
        int* p = Raw.Of(1, 2, 3);
        p[0]++;
        s_stored = p + 1;
        s_number = (nint)p;
        int** far = (int**)Raw.Of((nint)p);
        *far[0] += 5;
        far[1] = p + 2;
        var holder = new Holder { Pointer = p, Number = (nuint)(p + 1) };
        nint[] numbers = [(nint)p, (nint)(p + 1)];
        object boxed = (nint)p;
        return Show.All(
            *s_stored, s_stored == p + 1, s_number == (nint)p, *far == p, far[1] - *far, *holder.Pointer, holder.Number == (nuint)(p + 1), *(int*)numbers[1], (nint)boxed == (nint)p,
            p == holder.Pointer, ((int*)s_number)[2], numbers.AsSpan().IndexOf((nint)(p + 1)), new HashSet<nint>(numbers).Contains((nint)p));
    }

    public static string BitsInPointers()
    {
        int* p = Raw.Of(1, 2, 3);
        nuint tagged = (nuint)p | 1;
        int* clean = (int*)(tagged & ~(nuint)1);
        nuint high = (nuint)p | ((nuint)1 << 62);
        return Show.All(*clean, tagged - (nuint)p, clean == p, (int*)(high & (((nuint)1 << 62) - 1)) == p, (nuint)clean % 4, BitOperations.PopCount((nuint)p ^ tagged), *(int*)((nuint)(p + 2) & ~(nuint)3));
    }

    public static string NullTests()
    {
        int* none = (int*)Raw.Null();
        int* some = Raw.Of(5);
        return Show.All(
            none == null ? -1 : *none, some != null ? *some : -1, Length(null), Length(Raw.Text("abc")), (nint)none == 0, none is null, some is not null, (bool?)(none == some), Either(none, some), none + 1 == (int*)4);
    }

    public static string References()
    {
        int* p = Raw.Of(1, 2, 3);
        ref int none = ref Unsafe.NullRef<int>();
        ref int fromNull = ref Unsafe.AsRef<int>(null);
        ref int a = ref p[0];
        ref int b = ref Unsafe.Add(ref a, 2);
        bool same = Unsafe.AreSame(ref none, ref fromNull);
        int* back = (int*)Unsafe.AsPointer(ref b);
        ref int chosen = ref Find(p, 3, 2);
        ref int missing = ref Find(p, 3, 9);
        chosen++;
        return Show.All(
            Unsafe.IsNullRef(ref none), Unsafe.IsNullRef(ref fromNull), Unsafe.IsNullRef(ref a), same, Unsafe.AreSame(ref a, ref *p), Unsafe.IsAddressGreaterThan(ref b, ref a),
            back - p, (long)Unsafe.ByteOffset(ref b, ref a), Unsafe.AsPointer(ref none) == null, p[1], Unsafe.IsNullRef(ref missing));
    }

    public static string EmptySpans()
    {
        Span<int> none = default;
        Span<int> fromNull = new((void*)null, 0);
        Span<int> zero = new(Raw.Of(1), 0);
        ReadOnlySpan<byte> empty = ""u8;
        Span<int> viaNull = MemoryMarshal.CreateSpan(ref Unsafe.NullRef<int>(), 0);
        int sum = none.Length + fromNull.Length + zero.Length + viaNull.Length;
        foreach (int i in fromNull)
            sum += i;
        fromNull.CopyTo(none);
        none.Clear();
        zero.Fill(3);
        fixed (int* f = fromNull, z = zero)
        {
            return Show.All(
                sum, none.IsEmpty, f == null, z == null, fromNull == none, zero == none, Unsafe.IsNullRef(ref MemoryMarshal.GetReference(fromNull)), empty.Length, fromNull.ToArray().Length,
                fromNull[..0].Length, zero[0..].IsEmpty, viaNull.IsEmpty, ((ReadOnlySpan<int>)fromNull).SequenceEqual(zero), new string((sbyte*)null) == "", Sum(default), Sum(fromNull));
        }
    }

    public static string Sizes()
    {
        byte* p = Raw.Of<byte>(1, 2, 3, 4);
        int zero = Raw.Opaque(0);
        Unsafe.CopyBlock(p, p + 1, (uint)zero);
        Unsafe.CopyBlock(null, null, (uint)zero);
        Unsafe.InitBlock(null, 9, (uint)zero);
        Buffer.MemoryCopy(null, null, zero, zero);
        NativeMemory.Clear(null, 0);
        new ReadOnlySpan<byte>(null, zero).CopyTo(new Span<byte>(p, 4));
        return Show.All(p[0], p[3], sizeof(nint), Unsafe.SizeOf<nint>(), new Span<long>(p, zero).Length, Encoding.UTF8.GetString(p, zero), new string((char*)p, 0, zero));
    }

    public static string WrongLengths()
    {
        byte* p = Raw.Of<byte>(1, 2, 3, 4);
        char* c = (char*)p;
        int minus = Raw.Opaque(-1);
        return Show.All(
            Show.Fault(() => new Span<byte>(p, minus).Clear()),
            Show.Fault(() => new ReadOnlySpan<long>(p, minus).ToArray()),
            Show.Fault(() => new Span<byte>(p, 2).Slice(3).Clear()),
            Show.Fault(() => new Span<byte>(p, 2)[Raw.Opaque(2)] = 1),
            Show.Fault(() => Buffer.MemoryCopy(p, p + 1, 1, 2)),
            Show.Fault(() => _ = new string(c, 0, minus)),
            Show.Fault(() => _ = new string((sbyte*)p, minus, 1)),
            Show.Fault(() => Encoding.UTF8.GetString(p, minus)),
            Show.Fault(() => Encoding.UTF8.GetBytes(c, 1, p, minus)),
            Show.Fault(() => Encoding.UTF8.GetBytes(null, 1, p, 2)),
            Show.Fault(() => Marshal.Copy((nint)p, new byte[1], 0, minus)),
            Show.Fault(() => Marshal.Copy(0, new byte[1], 0, 1)),
            Show.Fault(() => _ = new UnmanagedMemoryStream(p, minus)),
            Show.Fault(() => _ = new UnmanagedMemoryStream(null, 1)),
            Show.Fault(() => _ = new UnmanagedMemoryStream(p, 2, 1, FileAccess.Read)),
            Show.Fault(() => new Span<int>(p, 1).CopyTo(default)),
            Show.Fault(() => _ = MemoryMarshal.CreateSpan(ref *p, minus).Length),
            Show.Fault(() => MemoryMarshal.Read<long>(new Span<byte>(p, 4))),
            Show.Fault(() => _ = new Span<string>(p, 1)),
            Show.Fault(() => GCHandle.FromIntPtr(0)),
            Show.Fault(() => Marshal.PtrToStructure<int>(0)),
            Show.Fault(() => Marshal.GetDelegateForFunctionPointer<Action>(0)));
    }

    // What the callee itself refuses has to reach it, so that it can say so.
    public static string RefusedLengths()
    {
        byte* p = Raw.Of<byte>(1, 2, 3, 4);
        long minus = Raw.Opaque(-1);
        long least = minus << 63;
        long most = ~least;
        return Show.All(
            Show.Fault(() => _ = new UnmanagedMemoryStream(p, minus)),
            Show.Fault(() => _ = new UnmanagedMemoryStream(p, least)),
            Show.Fault(() => _ = new UnmanagedMemoryStream(null, minus)),
            Show.Fault(() => _ = new UnmanagedMemoryStream(null, 0)),
            Show.Fault(() => _ = new UnmanagedMemoryStream(p, minus, 4, FileAccess.Read)),
            Show.Fault(() => _ = new UnmanagedMemoryStream(p, 1, minus, FileAccess.Read)),
            Show.Fault(() => _ = new UnmanagedMemoryStream(p, 1, least, FileAccess.Write)),
            Show.Fault(() => Buffer.MemoryCopy(p, p + 1, 3, minus)),
            Show.Fault(() => Buffer.MemoryCopy(p, p + 1, minus, least)),
            Show.Fault(() => Buffer.MemoryCopy(p, p + 1, 3, most)),
            Show.Fault(() => Buffer.MemoryCopy(null, null, 3, minus)),
            Show.Fault(() => Buffer.MemoryCopy(p, p + 1, 3ul, 4ul)),
            Show.Fault(() => new Span<Large>(null, (int)minus).Clear()),
            Show.Fault(() => _ = new ReadOnlySpan<Large>(p, (int)minus).Length),
            Show.Fault(() => Marshal.Copy(new byte[1], 0, (nint)p, (int)minus)),
            Show.Fault(() => Marshal.Copy(new byte[1], 0, 0, 1)),
            Show.Fault(() => Marshal.PtrToStringUTF8((nint)p, (int)minus)),
            Show.Fault(() => Marshal.PtrToStringUni(0, (int)minus)));
    }

    // Ranges of ordinary memory that nobody refuses, although they are not all there.
    public static string HugeLengths()
    {
        byte* p = Raw.Of<byte>(1, 2, 3, 4);
        long most = ~((long)Raw.Opaque(-1) << 63);
        var stream = new UnmanagedMemoryStream(p, most - (long)p);
        int first = stream.ReadByte();
        using var buffer = new Lent((nint)p);
        buffer.Initialize(4);
        var accessor = new UnmanagedMemoryAccessor(buffer, 1, 3);
        return Show.All(
            first, stream.Length == most - (long)p, new Span<Large>(p, int.MaxValue).Length, accessor.ReadByte(0),
            Show.Fault(() => accessor.ReadByte(-1)),
            Show.Fault(() => _ = new UnmanagedMemoryAccessor(buffer, -1, 3)),
            Show.Fault(() => _ = new UnmanagedMemoryAccessor(buffer, 1, -1)),
            Show.Fault(() => _ = new UnmanagedMemoryStream(buffer, 2, most)),
            Show.Fault(() => _ = new UnmanagedMemoryStream(buffer, 2, -1)),
            Show.Fault(() => buffer.Read<int>(ulong.MaxValue)));
    }

    public static string NativeIntegers()
    {
        int* p = Raw.Of(1, 2, 3);
        nint a = (nint)p;
        nint b = a + sizeof(int);
        nuint c = (nuint)a;
        nint length = 3;
        nint sum = 0;
        for (nint i = 0; i < length; i++)
            sum += ((int*)a)[i] + p[(nuint)i] + p[(long)i] + p[(ulong)i];
        return Show.All(sum, b - a, *(int*)b, a == (nint)c, nint.MaxValue > 0, *(int*)(c + 8), a.CompareTo(b), ((int*)b)[-1], p[checked((nint)2)], *(p + (uint)1), *(p + (byte)2));
    }

    public static string Handles()
    {
        RuntimeTypeHandle type = typeof(int).TypeHandle;
        nint number = RuntimeTypeHandle.ToIntPtr(type);
        nint* far = Raw.Of(number);
        RuntimeMethodHandle method = typeof(Values).GetMethod(nameof(Handles))!.MethodHandle;
        using var handle = new Microsoft.Win32.SafeHandles.SafeFileHandle(-1, ownsHandle: false);
        return Show.All(Type.GetTypeFromHandle(RuntimeTypeHandle.FromIntPtr(*far)), method.Value != 0, RuntimeMethodHandle.ToIntPtr(method) == method.Value, handle.IsInvalid, handle.DangerousGetHandle(), IntPtr.Zero == *far);
    }

    private static int Length(byte* text)
    {
        if (text == null)
            return -1;
        byte* end = text;
        for (; *end != 0; end++)
        {
        }

        return (int)(end - text);
    }

    private static int Either(int* a, int* b) => *(a == null ? b : a);

    private static ref int Find(int* p, int count, int value)
    {
        for (int i = 0; i < count; i++)
        {
            if (p[i] == value)
                return ref p[i];
        }

        return ref Unsafe.NullRef<int>();
    }

    private static int Sum(ReadOnlySpan<int> span)
    {
        int sum = 0;
        foreach (int i in span)
            sum += i;
        return sum;
    }

    private sealed class Holder
    {
        public int* Pointer;
        public nuint Number;
    }

    private struct Large
    {
        public fixed byte Bytes[1 << 16];
    }

    private sealed class Lent : SafeBuffer
    {
        public Lent(nint address)
            : base(false) => SetHandle(address);

        protected override bool ReleaseHandle() => true;
    }
}
