namespace Constructs;

/// <summary>ref structs, ref fields, ref locals, ref returns, in parameters, scoped and their mixture with raw memory.</summary>
public static unsafe class References
{
    public static string RefFields()
    {
        int* p = Raw.Of(1, 2, 3);
        var pair = new Pair(ref p[0], ref p[1]);
        pair.First += 10;
        pair.Swap();
        pair.First += 100;
        var nested = new Nested { Inner = pair, Rest = new Span<int>(p, 3) };
        nested.Inner.Second = 7;
        nested.Rest[2] = nested.Inner.First;
        Nested copy = nested;
        copy.Inner.First++;
        return Show.All(p[0], p[1], p[2], nested.Inner.First, copy.Rest.Length);
    }

    public static string EmptyRefFields()
    {
        Pair none = default;
        bool isNull = none.IsEmpty;
        string fault = "nothing";
        try
        {
            none.First++;
        }
        catch (NullReferenceException e)
        {
            fault = e.GetType().Name;
        }

        return Show.All(isNull, fault);
    }

    public static string ReadOnlyReturns()
    {
        Point* p = Raw.Of(new Point(1, 2), new Point(3, 4), new Point(5, 6));
        ref readonly Point second = ref At(p, 1);
        p[1].X = 30;
        Point copy = second;
        return Show.All(second.X, copy.Sum(), SumOf(in p[2]), SumOf(p[0]), SumOf(At(p, 2)), Larger(in p[0], in p[1]).Y);
    }

    public static string Reassigned()
    {
        int* p = Raw.Of(1, 2, 3, 4);
        int local = 50;
        ref int r = ref p[0];
        for (int i = 0; i < 4; i++)
        {
            r = ref p[i];
            r *= 2;
        }

        r = ref local;
        r++;
        r = ref Raw.Opaque(1) == 1 ? ref p[2] : ref local;
        r++;
        (Raw.Opaque(1) == 0 ? ref p[2] : ref local)++;
        return Show.All(p[0], p[1], p[2], p[3], local);
    }

    public static string RefLoops()
    {
        int* p = Raw.Of(5, 3, 9, 1);
        ref int smallest = ref p[0];
        foreach (ref int value in new Span<int>(p, 4))
        {
            if (value < smallest)
                smallest = ref value;
        }

        smallest = -1;
        int sum = 0;
        foreach (ref readonly int value in new ReadOnlySpan<int>(p, 4))
            sum += value;
        for (ref int i = ref p[1]; i > 0; i--)
            sum += 100;
        return Show.All(sum, p[0], p[1], p[2], p[3]);
    }

    public static string OutAndRef()
    {
        int* p = Raw.Of(1, 2, 3);
        Fill(out p[0], ref p[1], in p[2]);
        var (x, y) = *(Point*)p;
        (p[0], p[1]) = (p[1], p[0]);
        Fill(out int fresh, ref x, y);
        return Show.All(x, y, p[0], p[1], fresh, int.TryParse("12", out p[2]), p[2]);
    }

    public static string Scoped()
    {
        int* p = Raw.Of(1, 2, 3);
        Span<int> span = new(p, 3);
        return Show.All(First(span), Longest(span, stackalloc int[] { 9, 9 }), ScopedReference(ref p[1]), new Scratch(stackalloc int[4]).Fill(p, 3));
    }

    public static string RefStructInterfaces()
    {
        int* p = Raw.Of(1, 2, 3);
        var walker = new Walker(p, 3);
        int sum = Drain<Walker, int>(ref walker);
        using var counted = new Counted(ref p[0]);
        return Show.All(sum, Measure(new Walker(p, 2)), Measure(new Span<int>(p, 3)), p[0]);
    }

    public static string ReadOnlyMembers()
    {
        Point* p = Raw.Of(new Point(1, 2));
        p->Move(1, 1);
        Point moved = p->Moved(5);
        ref Point r = ref *p;
        r.X++;
        Point.Change(ref r);
        return Show.All(p->X, p->Y, moved.X, p->Sum(), p->ToString(), p->Equals(moved), p->GetHashCode() == new Point(p->X, p->Y).GetHashCode());
    }

    public static string Indexers()
    {
        var grid = new Grid(Raw.Of(1, 2, 3, 4, 5, 6), 3);
        grid[1, 2] += 10;
        grid[0, 0] = grid[1, 2];
        grid[0, 1]++;
        ref int cell = ref grid[1, 0];
        cell = -cell;
        return Show.All(grid[0, 0], grid[0, 1], grid[1, 0], grid[1, 2], grid.Last);
    }

    private static ref readonly Point At(Point* p, int i) => ref p[i];

    private static ref readonly Point Larger(in Point a, in Point b) => ref a.Sum() > b.Sum() ? ref a : ref b;

    private static int SumOf(in Point p) => p.X + p.Y;

    private static void Fill(out int a, ref int b, in int c)
    {
        a = b + c;
        b = a * 2;
    }

    private static int First(scoped ReadOnlySpan<int> span) => span[0];

    private static int Longest(Span<int> a, scoped Span<int> b) => a.Length > b.Length ? a[^1] : b[^1];

    private static int ScopedReference(scoped ref int r)
    {
        scoped ref int other = ref r;
        scoped Span<int> span = new(ref other);
        span[0]++;
        return other;
    }

    private static T Drain<TWalker, T>(ref TWalker walker) where TWalker : IWalker<T>, allows ref struct where T : IAdditionOperators<T, T, T>
    {
        T sum = walker.Current;
        while (walker.Next())
            sum += walker.Current;
        return sum;
    }

    private static int Measure<T>(T value) where T : allows ref struct => typeof(T) == typeof(Walker) ? Unsafe.SizeOf<int>() : Unsafe.SizeOf<long>();

    private interface IWalker<T>
    {
        T Current { get; }

        bool Next();
    }

    private ref struct Walker(int* p, int count) : IWalker<int>
    {
        private int* _p = p;
        private int _left = count;

        public readonly int Current => *_p;

        public bool Next()
        {
            _p++;
            return --_left > 0;
        }
    }

    private readonly ref struct Counted
    {
        private readonly ref int _count;

        public Counted(ref int count)
        {
            _count = ref count;
            _count = 40;
        }

        public void Dispose() => _count++;
    }

    private ref struct Pair
    {
        public ref int First;
        public ref int Second;

        public Pair(ref int first, ref int second)
        {
            First = ref first;
            Second = ref second;
        }

        public readonly bool IsEmpty => Unsafe.IsNullRef(ref First);

        public void Swap()
        {
            ref int first = ref First;
            First = ref Second;
            Second = ref first;
        }
    }

    private ref struct Nested
    {
        public Pair Inner;
        public Span<int> Rest;
    }

    private readonly ref struct Scratch(Span<int> buffer)
    {
        private readonly Span<int> _buffer = buffer;

        public int Fill(int* p, int count)
        {
            new Span<int>(p, count).CopyTo(_buffer);
            return _buffer[count - 1];
        }
    }

    private readonly struct Grid(int* p, int width)
    {
        public ref int this[int row, int column] => ref p[(row * width) + column];

        public ref readonly int Last => ref this[1, width - 1];
    }

    private struct Point(int x, int y)
    {
        public int X = x;
        public int Y = y;

        public static void Change(ref Point p) => p = new Point(p.Y, p.X);

        public readonly int Sum() => X + Y;

        public readonly void Deconstruct(out int x, out int y) => (x, y) = (X, Y);

        public readonly Point Moved(int by) => this with { X = X + by };

        public void Move(int x, int y)
        {
            X += x;
            Y += y;
        }

        public override readonly string ToString() => $"({X}|{Y})";

        public override readonly bool Equals(object? other) => other is Point p && p.X == X && p.Y == Y;

        public override readonly int GetHashCode() => HashCode.Combine(X, Y);
    }
}
