using unsafe PInt = int*;

namespace Constructs;

/// <summary>What the newest language versions added: extension members, <c>field</c>, compound assignment operators, partial members, span conversions.</summary>
public static unsafe class Modern
{
    public static string ExtensionMembers()
    {
        byte* text = Raw.Text("abc");
        var view = new View(text, 3);
        int* p = Raw.Of(1, 2, 3);
        p[1].Add(5);
        ref int r = ref p[2];
        r.Add(1);
        return Show.All(view.Last, view.Joined(text), View.Empty.Length, p[1], p[2], p[0].IsSmall, int.FromPointer(p));
    }

    public static string FieldKeyword()
    {
        var counted = new Counted(Raw.Of(0)) { Value = 3 };
        counted.Value = -5;
        counted.Value += 10;
        return Show.All(counted.Value, counted.Writes);
    }

    public static string CompoundOperators()
    {
        Accumulator* p = Raw.Of<Accumulator>(default, default);
        *p += 5;
        p[1] += 7;
        p[1] -= 2;
        (*p)++;
        ref Accumulator r = ref p[1];
        r += 1;
        return Show.All(p[0].Sum, p[1].Sum, (p[0] + p[1]).Sum);
    }

    public static string NullConditionalAssignment()
    {
        int* p = Raw.Of(1, 2);
        Holder? none = null;
        Holder? some = new();
        none?.Value = p[0]++;
        some?.Value = p[1]++;
        some?.Value += p[1];
        return Show.All(p[0], p[1], some!.Value);
    }

    public static string FirstClassSpans()
    {
        int[] array = [3, 1, 2];
        byte* text = Raw.Text("xyz");
        ReadOnlySpan<object> objects = new string[] { "a", "b" };
        return Show.All(Count(array), Count(new Span<int>(Raw.Of(1, 2), 2)), array.Contains(2), array.IndexOf(1), objects.Length, new Span<byte>(text, 3).StartsWith((byte)'x'));
    }

    public static string Deconstruction()
    {
        Quad* p = Raw.Of(new Quad(1, 2, 3, 4));
        var ((a, b), (c, _)) = *p;
        (p->A, p->B) = (p->B, p->A);
        (int first, *(int*)p) = (p->C, p->D);
        bool is4 = *p is { A: 4, B: > 0 } and ((_, 1), (3, var last)) && last == 4;
        return Show.All(a, b, c, first, p->A, p->B, is4, *p is (_, _) ? 1 : 0);
    }

    public static string PrimaryConstructors()
    {
        var reader = new Reader(Raw.Of(1, 2, 3), 3);
        int sum = 0;
        while (reader.TryRead(out int value))
            sum += value;
        return Show.All(sum, reader.Left, reader.Rewound().Left);
    }

    public static string NamedTypesAndAliases()
    {
        var p = (PInt)Raw.Of(1, 2);
        PInt[] pointers = [p, p + 1];
        return Show.All(*pointers[1], nameof(List<>), sizeof(Quad), pointers[0] == p);
    }

    public static string SkippedInitialisation()
    {
        int* p = Raw.Of(9);
        return Show.All(Fill(p), Fill(p));
    }

    [SkipLocalsInit]
    private static int Fill(int* source)
    {
        Span<int> scratch = stackalloc int[8];
        int* raw = stackalloc int[8];
        for (int i = 0; i < 8; i++)
        {
            scratch[i] = *source + i;
            raw[i] = scratch[i] * 2;
        }

        return raw[7];
    }

    private static int Count(ReadOnlySpan<int> span) => span.Length;

    private readonly ref struct View(byte* text, int length)
    {
        public readonly ReadOnlySpan<byte> Text = new(text, length);
    }

    extension(View view)
    {
        private static View Empty => default;

        private byte Last => view.Text[^1];

        private int Length => view.Text.Length;

        private string Joined(byte* other) => Encoding.ASCII.GetString(view.Text) + (char)*other;
    }

    extension(ref int value)
    {
        private void Add(int other) => value += other;
    }

    extension(int value)
    {
        private bool IsSmall => value < 10;

        private static int FromPointer(int* p) => *p * 100;
    }

    private sealed class Counted(int* writes)
    {
        public int Value
        {
            get => field;
            set
            {
                ++*writes;
                field = Math.Max(value, *writes);
            }
        }

        public int Writes => *writes;
    }

    private struct Accumulator
    {
        public int Sum;

        public static Accumulator operator +(Accumulator a, Accumulator b) => new() { Sum = a.Sum + b.Sum };

        public void operator +=(int value) => Sum += value;

        public void operator -=(int value) => Sum -= value;

        public void operator ++() => Sum++;
    }

    private struct Quad(int a, int b, int c, int d)
    {
        public int A = a, B = b, C = c, D = d;

        public readonly void Deconstruct(out (int A, int B) first, out (int C, int D) second) => (first, second) = ((A, B), (C, D));
    }

    private sealed class Holder
    {
        public int Value;
    }

    private ref struct Reader(int* p, int count)
    {
        public int Left { get; private set; } = count;

        public bool TryRead(out int value)
        {
            value = Left > 0 ? *p++ : 0;
            return Left > 0 && Left-- > 0;
        }

        public readonly Reader Rewound() => new(p, count);
    }
}
