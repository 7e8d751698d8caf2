namespace Constructs;

/// <summary>Inline arrays, fixed buffers, stackalloc, collection expressions, unions, records: storage of unusual shapes.</summary>
public static unsafe class Buffers
{
    public static string InlineArrays()
    {
        Four* p = Raw.Of<Four>(default, default);
        (*p)[0] = 1;
        p[1][3] = 9;
        Span<int> span = p[1];
        span[2] = 8;
        foreach (ref int i in span[..2])
            i += 5;
        ReadOnlySpan<int> read = *p;
        Four local = p[1];
        local[^1]++;
        int[] sliced = local[1..3].ToArray();
        int sum = 0;
        foreach (int i in *p)
            sum += i;
        return Show.All(read[0], sum, p[1][2], local[3], sliced, Sum(local), Sum(p[1]), FirstOf(ref *p));
    }

    public static string InlineArraysInClasses()
    {
        var holder = new Holder();
        holder.Items[2] = 5;
        ref Four items = ref holder.Items;
        items[3] = holder.Items[2] + 1;
        fixed (Four* f = &holder.Items)
            ((int*)f)[1] = 7;
        return Show.All(holder.Items[0], holder.Items[1], holder.Items[2], items[3]);
    }

    public static string FixedSizeBuffers()
    {
        Packet* p = Raw.Of<Packet>(default, default);
        p->Length = 3;
        p->Data[0] = 1;
        p->Data[p->Length] = 2;
        p[1].Words[2] = 'M';
        byte* data = p->Data;
        data[1]++;
        var copy = *p;
        copy.Data[7] = 9;
        copy.Words[0] = p[1].Words[2];
        var boxed = new PacketHolder();
        fixed (byte* b = boxed.Packet.Data)
            b[4] = 44;
        return Show.All(p->Data[0], p->Data[1], p->Data[3], (int)p[1].Words[2], copy.Data[7], (int)copy.Words[0], boxed.Packet.Data[4], sizeof(Packet));
    }

    public static string StackallocEverywhere()
    {
        int* far = Raw.Of(1, 2, 3);
        int n = Raw.Opaque(3);
        Span<int> a = n > 2 ? stackalloc int[n] : new int[n];
        Span<int> b = stackalloc[] { far[0], far[1], n };
        int* c = stackalloc int[] { 7, 8, 9 };
        ReadOnlySpan<byte> d = stackalloc byte[4] { 1, 2, 3, 4 };
        Span<int> none = stackalloc int[n - 3];
        b.CopyTo(a);
        int last = Sum(stackalloc int[2] { far[2], c[2] });
        int i = far[1];
        far[2] = c[i] + d[i];
        return Show.All(a[1], a[2], far[2], none.Length, last, Sum((stackalloc int[n])[..1]), Loop(far));
    }

    public static string CollectionExpressions()
    {
        int* p = Raw.Of(1, 2, 3);
        Span<int> span = [p[0], *p, .. new ReadOnlySpan<int>(p, 3), 4];
        ReadOnlySpan<int> read = [p[2], p[1]];
        ReadOnlySpan<int> constant = [10, 20, 30];
        int[] array = [.. span, .. read];
        List<int> list = [.. array, *(p + 1)];
        HashSet<int> set = [.. list];
        IReadOnlyList<int> frozen = [p[0], p[2]];
        ReadOnlySpan<string> texts = [$"{*p}", "b"];
        span[^1] = constant[p[0]];
        return Show.All(span.ToArray(), read.ToArray(), array, list.Count, set, frozen, texts[0], (int[])[]);
    }

    public static string ParamsSpans()
    {
        int* p = Raw.Of(1, 2, 3);
        return Show.All(Sum(), Sum(*p), Sum(p[0], p[1], p[2]), Sum(new Span<int>(p, 3)), SumList(p[0], p[2]), string.Concat((ReadOnlySpan<string>)["a", "b"]), Path.Combine("a", "b", "c", "d", "e"));
    }

    public static string Unions()
    {
        Union* p = Raw.Of<Union>(default, default);
        p->Single = 1.5f;
        p[1].Word = 0x0102030405060708;
        p[1].Low.High ^= 0xFF;
        Union copy = p[1];
        copy.First = 0xAA;
        Tag tag = default;
        tag.Value = p->Number;
        return Show.All(p->Number, p->First, p[1].Number, p[1].Low.High, copy.Word, tag.Value, sizeof(Union), sizeof(Tag));
    }

    public static string PackedFields()
    {
        byte* bytes = Raw.Of<byte>(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        var p = (Packed*)(bytes + 1);
        p->A = 1;
        p->B = 0x0102030405060708;
        p->C = 2.5;
        p->B++;
        return Show.All(p->A, p->B, bytes[2], bytes[3], bytes[9], p->C, sizeof(Packed));
    }

    public static string Records()
    {
        Position* p = Raw.Of(new Position(1, 2), new Position(3, 4));
        Position moved = *p with { Y = p[1].X };
        p[1] = moved;
        var (x, y) = p[1];
        var named = new Named("n", p[1]) { Extra = p->X };
        Named other = named with { Position = *p };
        return Show.All(moved, x, y, p[0] == p[1], *p == new Position(1, 2), named, named == other, other.Position.Y, named.GetHashCode() == new Named("n", p[1]) { Extra = 1 }.GetHashCode());
    }

    public static string Literals()
    {
        ReadOnlySpan<byte> u8 = "hällo"u8;
        fixed (byte* b = u8)
        fixed (char* c = "text")
        fixed (int* none = (int[])[])
        fixed (byte* zero = ReadOnlySpan<byte>.Empty)
        {
            byte* far = Raw.Of(u8);
            return Show.All(b[1], c[3], none == null, zero == null, far[2], c[4] == 0, u8.SequenceEqual(new ReadOnlySpan<byte>(far, u8.Length)));
        }
    }

    public static string FixedStatements()
    {
        int[] array = [1, 2, 3];
        int[,] grid = { { 1, 2 }, { 3, 4 } };
        string text = "abc";
        Memory<int> memory = array.AsMemory(1);
        using MemoryHandle handle = memory.Pin();
        fixed (int* a = array, b = &array[1], g = grid, s = memory.Span)
        fixed (char* t = text)
        fixed (int* custom = new Pinnable(array))
        {
            a[0] = 10;
            b[0] += g[3];
            *s += 100;
            ((int*)handle.Pointer)[1] = custom[0];
            return Show.All(array, t[1], custom[2]);
        }
    }

    private static int Loop(int* far)
    {
        int sum = 0;
        for (int i = 1; i < 4; i++)
            sum += Scratch(far, i);
        return sum;

        static int Scratch(int* far, int i)
        {
            int* p = stackalloc int[i];
            p[i - 1] = far[i - 1];
            return Sum(new ReadOnlySpan<int>(p, i));
        }
    }

    private static int Sum(params ReadOnlySpan<int> values)
    {
        int sum = 0;
        foreach (int value in values)
            sum += value;
        return sum;
    }

    private static int SumList(params IEnumerable<int> values) => values.Sum();

    private static ref int FirstOf(ref Four four) => ref four[0];

    [InlineArray(4)]
    private struct Four
    {
        private int _first;
    }

    private sealed class Holder
    {
        public Four Items;
    }

    private struct Packet
    {
        public int Length;
        public fixed byte Data[8];
        public fixed char Words[4];
    }

    private sealed class PacketHolder
    {
        public Packet Packet;
    }

    [StructLayout(LayoutKind.Explicit)]
    private struct Union
    {
        [FieldOffset(0)] public float Single;
        [FieldOffset(0)] public int Number;
        [FieldOffset(0)] public long Word;
        [FieldOffset(0)] public byte First;
        [FieldOffset(2)] public Half Low;
    }

    private struct Half
    {
        public byte Low;
        public byte High;
    }

    [StructLayout(LayoutKind.Explicit, Size = 12)]
    private struct Tag
    {
        [FieldOffset(4)] public int Value;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Packed
    {
        public byte A;
        public long B;
        public double C;
    }

    private readonly record struct Position(int X, int Y);

    private sealed record Named(string Name, Position Position)
    {
        public int Extra { get; init; }
    }

    private readonly struct Pinnable(int[] array)
    {
        public ref int GetPinnableReference() => ref array[0];
    }
}
