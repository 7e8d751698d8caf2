namespace Constructs;

/// <summary>The framework's ways to touch raw memory.</summary>
public static unsafe class Library
{
    public static string UnsafeClass()
    {
        int* p = Raw.Of(1, 2, 3, 4);
        ref int r = ref Unsafe.AsRef<int>(p);
        ref int third = ref Unsafe.Add(ref r, 2);
        third += 5;
        Unsafe.Write(p + 1, 20);
        Unsafe.WriteUnaligned((byte*)p + 13, (short)0x0101);
        Unsafe.Subtract(ref third, 2)++;
        Unsafe.AddByteOffset(ref r, (nint)4) += 1;
        ref long wide = ref Unsafe.As<int, long>(ref r);
        Unsafe.SkipInit(out int skipped);
        skipped = Unsafe.ReadUnaligned<int>((byte*)p + 1);
        Unsafe.Copy(p + 3, ref r);
        int copied = 0;
        Unsafe.Copy(ref copied, p + 2);
        return Show.All(
            p[0], p[1], p[2], p[3], wide, skipped, copied, Unsafe.Read<short>(p), Unsafe.SizeOf<Guid>(), Unsafe.AreSame(ref r, ref *p),
            (long)Unsafe.ByteOffset(ref r, ref third), Unsafe.IsAddressLessThan(ref r, ref third), Unsafe.IsNullRef(ref r), Unsafe.BitCast<int, float>(p[3]),
            (byte*)Unsafe.AsPointer(ref third) - (byte*)p, Unsafe.As<int[]>(new[] { 3 })[0], Unsafe.Unbox<int>(p[0]), Unsafe.IsNullRef(ref Unsafe.NullRef<int>()));
    }

    public static string Blocks()
    {
        byte* p = Raw.Of<byte>(1, 2, 3, 4, 5, 6, 7, 8);
        Unsafe.CopyBlock(p + 4, p, 2);
        Unsafe.CopyBlockUnaligned(p + 1, p + 7, 1);
        Unsafe.InitBlock(p + 6, 9, 1);
        Unsafe.InitBlockUnaligned(ref p[7], 8, 1);
        Buffer.MemoryCopy(p, p + 2, 6, 2);
        NativeMemory.Fill(p + 3, 1, 0x55);
        NativeMemory.Copy(p + 3, p, 1);
        NativeMemory.Clear(p + 5, 1);
        Span<byte> s = new(p, 8);
        string before = Convert.ToHexString(s);
        s[..4].CopyTo(s[4..]);
        s[..2].Reverse();
        s[2..3].Fill(0x33);
        s[3..4].Clear();
        return Show.All(before, Convert.ToHexString(s), s.IndexOf((byte)0x33), s.SequenceEqual(new ReadOnlySpan<byte>(p, 8)), s.ToArray().Length);
    }

    public static string MemoryMarshalClass()
    {
        int* p = Raw.Of(1, 2, 3, 4);
        Span<int> span = MemoryMarshal.CreateSpan(ref *p, 4);
        ReadOnlySpan<int> read = MemoryMarshal.CreateReadOnlySpan(in p[1], 2);
        Span<byte> bytes = MemoryMarshal.AsBytes(span);
        Span<long> longs = MemoryMarshal.Cast<int, long>(span);
        bytes[4] = 7;
        longs[1] = -1;
        MemoryMarshal.Write(bytes, 11);
        ref int first = ref MemoryMarshal.GetReference(span);
        first++;
        MemoryMarshal.AsRef<short>(bytes[8..])++;
        ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(Raw.Text("four"));
        ref int array = ref MemoryMarshal.GetArrayDataReference(new[] { 6, 7 });
        return Show.All(
            span.ToArray(), read[0], read.Length, longs.Length, MemoryMarshal.Read<int>(bytes), MemoryMarshal.TryRead(bytes[..3], out int none), none, text.Length,
            Unsafe.Add(ref array, 1), MemoryMarshal.GetReference(read));
    }

    public static string MarshalClass()
    {
        nint p = Marshal.AllocHGlobal(64);
        Marshal.WriteInt32(p, 5);
        Marshal.WriteByte(p, 4, 1);
        Marshal.WriteInt64(p + 8, long.MinValue);
        Marshal.WriteIntPtr(p, 16, -1);
        Marshal.Copy(new[] { 1.5, 2.5 }, 0, p + 24, 2);
        Marshal.StructureToPtr(new Pair { A = 1, B = 2 }, p + 40, false);
        var back = new double[2];
        Marshal.Copy(p + 24, back, 0, 2);
        nint text = Marshal.StringToCoTaskMemUTF8("grün");
        nint wide = Marshal.StringToHGlobalUni("blau");
        Pair pair = Marshal.PtrToStructure<Pair>(p + 40);
        string all = Show.All(
            Marshal.ReadInt32(p), Marshal.ReadByte(p, 4), Marshal.ReadInt64(p, 8), (long)Marshal.ReadIntPtr(p + 16), back, pair.A, pair.B, Marshal.PtrToStringUTF8(text),
            Marshal.PtrToStringUni(wide), Marshal.PtrToStringUni(wide, 2), Marshal.SizeOf<Pair>(), Marshal.ReadInt16(p), Marshal.PtrToStringUTF8(0), Marshal.OffsetOf<Pair>("B"));
        Marshal.FreeCoTaskMem(text);
        Marshal.FreeHGlobal(wide);
        Marshal.FreeHGlobal(Marshal.ReAllocHGlobal(p, 128));
        return all;
    }

    public static string Allocation()
    {
        int* p = (int*)NativeMemory.Alloc(4, sizeof(int));
        new Span<int>(p, 4).Fill(3);
        p = (int*)NativeMemory.Realloc(p, 64);
        int kept = p[3];
        NativeMemory.Free(p);
        NativeMemory.Free(null);
        void* aligned = NativeMemory.AlignedAlloc(64, 64);
        *(long*)aligned = 12;
        long value = *(long*)aligned;
        bool isAligned = ((nint)aligned & 63) == 0;
        NativeMemory.AlignedFree(aligned);
        return Show.All(kept, value, isAligned);
    }

    public static string Endianness()
    {
        byte* p = Raw.Of<byte>(1, 2, 3, 4, 5, 6, 7, 8);
        var span = new Span<byte>(p, 8);
        BinaryPrimitives.WriteInt16BigEndian(span[2..], 0x1234);
        BinaryPrimitives.WriteDoubleLittleEndian(span, BinaryPrimitives.ReadDoubleBigEndian(span));
        return Show.All(BinaryPrimitives.ReadInt32BigEndian(span), BinaryPrimitives.ReadUInt64LittleEndian(span), BitConverter.ToInt32(span[4..]), BinaryPrimitives.ReverseEndianness(*(int*)p));
    }

    public static string Threads()
    {
        int* p = Raw.Of(1, 2);
        long* q = Raw.Of(5L);
        int was = Interlocked.Exchange(ref *p, 10);
        int swapped = Interlocked.CompareExchange(ref p[1], 20, 2);
        Interlocked.Increment(ref *p);
        Interlocked.Add(ref *q, 37);
        Interlocked.Or(ref p[1], 1);
        Volatile.Write(ref p[0], Volatile.Read(ref p[1]) + 1);
        Interlocked.MemoryBarrier();
        int*[] shared = [p];
        int** slot = (int**)Raw.Of((nint)p);
        nint old = Interlocked.CompareExchange(ref *(nint*)slot, (nint)(p + 1), (nint)p);
        shared[0] = *slot;
        return Show.All(was, swapped, p[0], p[1], Interlocked.Read(ref *q), Volatile.Read(in *q), shared[0] - p, old == (nint)p);
    }

    public static string Strings()
    {
        char* p = Raw.Of('a', 'b', 'c', '\0');
        sbyte* s = (sbyte*)Raw.Text("utf8");
        byte* b = Raw.Of<byte>(0, 0, 0, 0, 0, 0, 0, 0);
        int written = Encoding.UTF8.GetBytes(p, 3, b, 8);
        int chars = Encoding.UTF8.GetChars(b, written, p, 3);
        string created = string.Create(4, (nint)p, static (span, state) =>
        {
            new ReadOnlySpan<char>((char*)state, 3).CopyTo(span);
            span[3] = ((char*)state)[1];
        });
        string spans = string.Create(2, new ReadOnlySpan<char>(p, 2), static (span, state) => state.CopyTo(span));
        fixed (char* f = created)
            return Show.All(
                new string(p), new string(p, 1, 2), new string(s), new string(s, 1, 2), new string(s, 0, 2, Encoding.Latin1), created, spans, written, chars,
                Encoding.UTF8.GetString(b, 3), Encoding.UTF8.GetCharCount(b, 3), f[3], string.Concat(new ReadOnlySpan<char>(p, 2), "x"), new string((char*)null) == "",
                Encoding.UTF8.GetDecoder().GetChars(b, 2, p, 4, true), p[1]);
    }

    public static string InterpolatedHandlers()
    {
        int* p = Raw.Of(1, 2, 3);
        char* buffer = Raw.Of("................".AsSpan());
        bool fits = new Span<char>(buffer, 8).TryWrite($"{p[0]}-{p[1]:D2}-{*(p + 2),3}", out int written);
        string text = $"{p[0]}{p[1],4}{p[2]:X}{new ReadOnlySpan<char>(buffer, 2)}";
        var own = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{*p} and {p[2]}");
        return Show.All(fits, written, text, own, Log(p, $"value {p[1]++} {p[1]}"), p[1]);
    }

    public static string Handles()
    {
        int[] array = [1, 2, 3];
        GCHandle pinned = GCHandle.Alloc(array, GCHandleType.Pinned);
        int* p = (int*)pinned.AddrOfPinnedObject();
        p[1] = 20;
        GCHandle normal = GCHandle.Alloc("text");
        nint number = GCHandle.ToIntPtr(normal);
        nint* stored = Raw.Of(number);
        var again = (string)GCHandle.FromIntPtr(*stored).Target!;
        GCHandle* far = Raw.Of(normal);
        bool same = *far == normal && far->IsAllocated;
        normal.Free();
        pinned.Free();
        using var typed = new GCHandle<string>("typed");
        nint raw = GCHandle<string>.ToIntPtr(typed);
        return Show.All(array, again, same, normal.IsAllocated, GCHandle<string>.FromIntPtr(raw).Target, default(GCHandle).IsAllocated);
    }

    public static string Streams()
    {
        byte* p = Raw.Of<byte>(1, 2, 3, 4, 5, 6, 7, 8);
        using var stream = new UnmanagedMemoryStream(p, 4, 8, FileAccess.ReadWrite);
        stream.ReadByte();
        stream.WriteByte(20);
        stream.Position = 4;
        stream.Write([50, 60]);
        byte* at = stream.PositionPointer;
        using var buffer = new Native(p, 8);
        using var accessor = new UnmanagedMemoryAccessor(buffer, 0, 8, FileAccess.ReadWrite);
        accessor.Write(6, (short)0x0101);
        var pair = accessor.ReadInt32(0);
        byte* acquired = null;
        buffer.AcquirePointer(ref acquired);
        acquired[0]++;
        buffer.ReleasePointer();
        return Show.All(new Span<byte>(p, 8).ToArray(), stream.Length, at - p, pair, buffer.Read<byte>(1), stream.PositionPointer == p + 6);
    }

    public static string Memories()
    {
        using var owner = new Owner(Raw.Of(1, 2, 3, 4), 4);
        Memory<int> memory = owner.Memory[1..];
        memory.Span[0] = 20;
        using MemoryHandle handle = memory.Pin();
        ((int*)handle.Pointer)[1] = 30;
        var sequence = new ReadOnlySequence<int>(memory);
        return Show.All(memory.ToArray(), sequence.Length, sequence.First.Span[0], memory.Slice(2).Span[0], ((ReadOnlyMemory<int>)memory).Span.IndexOf(4));
    }

    public static string Searching()
    {
        byte* p = Raw.Text("needle in a haystack");
        var span = new Span<byte>(p, 20);
        span[7..9].Sort();
        return Show.All(
            span.IndexOf("hay"u8), span.IndexOfAny(SearchValues.Create("xyz"u8)), span.Count((byte)'e'), span.LastIndexOf((byte)'a'), span.StartsWith("need"u8), span.Trim("nk"u8).Length,
            span.CommonPrefixLength("needs"u8), Encoding.ASCII.GetString(span.Slice(7, 2)), new Span<byte>(p, 6).ToArray().Max(), span.BinarySearch((byte)'n') != 1000);
    }

    private static string Log(int* p, LogHandler handler) => $"{handler.Text} {*p}";

    private struct Pair
    {
        public int A;
        public long B;
    }

    [InterpolatedStringHandler]
    private ref struct LogHandler
    {
        private readonly Span<char> _buffer;
        private int _length;

        public LogHandler(int literalLength, int formattedCount)
        {
            _buffer = new Span<char>(Raw.Of(new char[literalLength + (formattedCount * 8)].AsSpan()), literalLength + (formattedCount * 8));
        }

        public readonly string Text => new(_buffer[.._length]);

        public void AppendLiteral(string text)
        {
            text.CopyTo(_buffer[_length..]);
            _length += text.Length;
        }

        public void AppendFormatted<T>(T value) where T : ISpanFormattable
        {
            value.TryFormat(_buffer[_length..], out int written, default, CultureInfo.InvariantCulture);
            _length += written;
        }
    }

    private sealed class Native : SafeBuffer
    {
        public Native(byte* p, int length) : base(ownsHandle: false)
        {
            SetHandle((nint)p);
            Initialize((ulong)length);
        }

        protected override bool ReleaseHandle() => true;
    }

    private sealed class Owner(int* p, int length) : MemoryManager<int>
    {
        public override Span<int> GetSpan() => new(p, length);

        public override MemoryHandle Pin(int elementIndex = 0) => new(p + elementIndex);

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
