namespace Constructs;

/// <summary>Iterators with unsafe blocks and references between two <c>yield</c>s.</summary>
public static class Iterators
{
    public static unsafe string Simple() => Show.All(Up((nint)Raw.Of(3, 1, 2), 3));

    public static unsafe string EndedEarly()
    {
        int* p = Raw.Of(3, 1, 2, 0);
        int first = Up((nint)p, 3).First();
        return Show.All(first, p[3]);
    }

    public static unsafe string Twice()
    {
        IEnumerable<int> up = Up((nint)Raw.Of(3, 1, 2), 3);
        return Show.All(up.Sum(), up.Max(), up.ToArray());
    }

    public static unsafe string GenericOne() =>
        Show.All(Each<short>((nint)Raw.Of<short>(1, -2, 3), 3), Each<double>((nint)Raw.Of(0.5, 1.5), 2), Each<(byte, int)>((nint)Raw.Of<(byte, int)>((1, 2), (3, 4)), 2));

    public static unsafe string LocalIterator()
    {
        int* p = Raw.Of(1, 2, 3);
        nint memory = (nint)p;
        int step = 2;
        return Show.All(Inner(), Inner().Reverse());

        IEnumerable<int> Inner()
        {
            for (int i = 0; i < 3; i += step)
            {
                int value;
                unsafe
                {
                    value = ((int*)memory)[i];
                }

                yield return value;
            }
        }
    }

    public static unsafe string Enumerator()
    {
        int* p = Raw.Of(4, 5, 6);
        int sum = 0;
        foreach (ref int value in new Cursor(p, 3))
        {
            sum += value;
            value = -value;
        }

        return Show.All(sum, p[0], p[1], p[2]);
    }

    private static IEnumerable<int> Up(nint memory, int count)
    {
        try
        {
            for (int i = 0; i < count; i++)
            {
                int value;
                unsafe
                {
                    int* p = (int*)memory + i;
                    ref int r = ref *p;
                    Span<int> two = [r, *p];
                    value = two[0] + two[1];
                }

                yield return value;
            }
        }
        finally
        {
            unsafe { ((int*)memory)[count] = 77; }
        }
    }

    private static IEnumerable<T> Each<T>(nint memory, int count) where T : unmanaged
    {
        for (int i = 0; i < count; i++)
        {
            T value;
            unsafe { value = ((T*)memory)[i]; }
            yield return value;
        }
    }

    private ref struct Cursor
    {
        private readonly ref int _first;
        private readonly int _count;
        private int _index = -1;

        public unsafe Cursor(int* p, int count)
        {
            _first = ref *p;
            _count = count;
        }

        public readonly ref int Current => ref Unsafe.Add(ref _first, _index);

        public readonly Cursor GetEnumerator() => this;

        public bool MoveNext() => ++_index < _count;
    }
}
