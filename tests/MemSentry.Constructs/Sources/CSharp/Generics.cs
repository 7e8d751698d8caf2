namespace Constructs;

/// <summary>Generics over unmanaged types, static abstract members, default interface methods, constrained calls through pointers.</summary>
public static unsafe class Generics
{
    public static string UnknownSizes() => Show.All(Reverse<byte>([1, 2, 3]), Reverse<long>([1, 2, 3]), Reverse<Wide>([new(1), new(2)]), Reverse(['a', 'b']));

    public static string Arithmetic()
    {
        Wide* p = Raw.Of(new Wide(1), new Wide(2), new Wide(3));
        return Show.All(Distance(p, p + 2), Distance((byte*)p, (byte*)(p + 1)), Offset(p, 2)->A, SizeOf<Wide>(), SizeOf<(byte, long)>());
    }

    public static string Structures()
    {
        using var list = new NativeList<Cell<short>>(1);
        for (short i = 0; i < 20; i++)
            list.Add(new Cell<short> { Value = i, Next = list.Last });
        int sum = 0;
        for (Cell<short>* c = list.Last; c != null; c = c->Next)
            sum += c->Value;
        return Show.All(list.Count, sum, list[3].Value, list.Sum(static (ref Cell<short> c) => c.Value));
    }

    public static string StaticAbstract() => Show.All(Total(Raw.Of(1, 2, 3), 3), Total(Raw.Of(0.5, 1.5), 2), Total(Raw.Of<Meter>(new(2), new(3)), 2).Length, Largest(Raw.Of<byte>(3, 9, 4), 3));

    public static string DefaultInterfaceMethods()
    {
        int* p = Raw.Of(1, 2, 3);
        IReader plain = new PlainReader(p);
        IReader special = new SpecialReader(p);
        return Show.All(plain.Read(1), special.Read(1), plain.First, special.First, IReader.Static(p), Through(new StructReader(p)), ((IReader)new StructReader(p)).Read(2));
    }

    public static string ConstrainedCalls()
    {
        Counter* p = Raw.Of<Counter>(default);
        Increment(p);
        Increment(ref *p);
        return Show.All(Text(p), Text(Raw.Of(42)), Hash(Raw.Of(42)), Hash(Raw.Of<long>(42)), p->Value, Equal(Raw.Of(1.5), 1.5), Kind(Raw.Of(DayOfWeek.Friday)));
    }

    public static string VirtualGenerics()
    {
        Base b = new Derived();
        return Show.All(b.Read<int>(Raw.Of(5)), b.Read<byte>(Raw.Of<byte>(6)), b.Read<Wide>(Raw.Of(new Wide(7))), ((IGeneric)b).Twice<short>(Raw.Of<short>(4)));
    }

    public static string References()
    {
        int* p = Raw.Of(1, 2, 3);
        return Show.All(Generic<string>("x", p), Generic<object>(1, p), Generic(2.5, p), Box(p), Unbox(Box(p)), Array(p, "q").Length);
    }

    public static string Nullable()
    {
        Span<int?> p = MemoryMarshal.CreateSpan(ref Unsafe.AsRef<int?>(Raw.Of<long>(0, 0, 0)), 3);
        (p[1], p[2]) = (5, 6);
        p[0] ??= 4;
        p[1] = null;
        p[2]++;
        return Show.All(p[0].HasValue, p[1].HasValue, p[2]!.Value, p[0]!.GetValueOrDefault(), p[1] ?? -1, p[1]?.CompareTo(3));
    }

    public static string Tuples()
    {
        (int A, long B)* p = Raw.Of((1, 2L), (3, 4L));
        (p[0].A, p[1].B) = (p[1].A, p[0].B);
        p->B += 5;
        var (a, b) = p[1];
        return Show.All(p[0].A, p[0].B, a, b, p[0] == (3, 7L), p[0].CompareTo(p[1]));
    }

    private static string Reverse<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        T* p = Raw.Of(values);
        T* first = p;
        T* last = p + values.Length - 1;
        while (first < last)
        {
            T value = *first;
            *first++ = *last;
            *last-- = value;
        }

        var text = new StringBuilder();
        for (int i = 0; i < values.Length; i++)
            text.Append(p[i]).Append(i == 0 ? ":" : ",");
        return text.ToString();
    }

    private static long Distance<T>(T* a, T* b) where T : unmanaged => b - a;

    private static T* Offset<T>(T* p, int count) where T : unmanaged => &p[count];

    private static int SizeOf<T>() where T : unmanaged => sizeof(T);

    private static T Total<T>(T* p, int count) where T : unmanaged, IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>
    {
        T sum = T.AdditiveIdentity;
        for (T* end = p + count; p < end; p++)
            sum += *p;
        return sum;
    }

    private static T Largest<T>(T* p, int count) where T : unmanaged, INumber<T> => count == 1 ? *p : T.Max(*p, Largest(p + 1, count - 1));

    private static void Increment<T>(T* p) where T : unmanaged, ICounter => p->Increment();

    private static void Increment<T>(ref T r) where T : struct, ICounter => r.Increment();

    private static string? Text<T>(T* p) where T : unmanaged => p->ToString();

    private static int Hash<T>(T* p) where T : unmanaged => (*p).GetHashCode();

    private static bool Equal<T>(T* p, T other) where T : unmanaged, IEquatable<T> => p->Equals(other);

    private static TypeCode Kind<T>(T* p) where T : unmanaged, Enum => p->GetTypeCode();

    private static string Generic<T>(T value, int* p) => $"{value}{*p}{typeof(T).Name}";

    private static object Box<T>(T* p) where T : unmanaged => *p;

    private static int Unbox(object o) => (int)o;

    private static T[] Array<T>(int* p, T value)
    {
        var array = new T[p[2]];
        array[p[1]] = value;
        return array;
    }

    private static int Through<T>(T reader) where T : IReader => reader.Read(0) + reader.First;

    private delegate int Selector<T>(ref T value);

    private struct Cell<T> where T : unmanaged
    {
        public T Value;
        public Cell<T>* Next;
    }

    private sealed class NativeList<T>(int capacity) : IDisposable where T : unmanaged
    {
        private T* _items = (T*)NativeMemory.Alloc((nuint)capacity, (nuint)sizeof(T));
        private T* _last;
        private int _capacity = capacity;

        public int Count { get; private set; }

        public T* Last => _last;

        public ref T this[int i] => ref _items[i];

        public void Add(in T value)
        {
            if (Count == _capacity)
            {
                // Links stay valid: a new block for the next items, the old ones stay where they are.
                var items = (T*)NativeMemory.Alloc((nuint)(_capacity *= 2), (nuint)sizeof(T));
                Unsafe.CopyBlock(items, _items, (uint)(Count * sizeof(T)));
                _items = items;
            }

            _items[Count] = value;
            _last = &_items[Count++];
        }

        public int Sum(Selector<T> selector)
        {
            int sum = 0;
            for (int i = 0; i < Count; i++)
                sum += selector(ref _items[i]);
            return sum;
        }

        public void Dispose() => _capacity = 0;
    }

    private readonly record struct Meter(int Length) : IAdditionOperators<Meter, Meter, Meter>, IAdditiveIdentity<Meter, Meter>
    {
        public static Meter AdditiveIdentity => default;

        public static Meter operator +(Meter a, Meter b) => new(a.Length + b.Length);
    }

    private struct Wide(int a)
    {
        public int A = a;
        public long B = a * 2, C = a * 3, D = a * 4;

        public override readonly string ToString() => $"{A}:{B}:{C}:{D}";
    }

    private interface ICounter
    {
        void Increment();
    }

    private struct Counter : ICounter
    {
        public int Value;

        public void Increment() => Value++;

        public override readonly string ToString() => $"<{Value}>";
    }

    private interface IReader
    {
        int* Pointer { get; }

        int First => *Pointer;

        static int Static(int* p) => p[2];

        int Read(int i) => Pointer[i] + Private(i);

        private int Private(int i) => Pointer[i] * 10;
    }

    private sealed class PlainReader(int* p) : IReader
    {
        public int* Pointer { get; } = p;
    }

    private sealed class SpecialReader(int* p) : IReader
    {
        public int* Pointer { get; } = p + 1;

        public int Read(int i) => Pointer[i] - 1;
    }

    private readonly struct StructReader(int* p) : IReader
    {
        public int* Pointer { get; } = p;
    }

    private interface IGeneric
    {
        T Twice<T>(T* p) where T : unmanaged, IAdditionOperators<T, T, T> => *p + *p;
    }

    private abstract class Base
    {
        public abstract T Read<T>(void* p) where T : unmanaged;
    }

    private sealed class Derived : Base, IGeneric
    {
        public override T Read<T>(void* p) => *(T*)p;
    }
}
