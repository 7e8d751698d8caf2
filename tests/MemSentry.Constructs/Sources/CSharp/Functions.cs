namespace Constructs;

/// <summary>Lambdas, local functions, delegates and function pointers.</summary>
public static unsafe class Functions
{
    private delegate ref int Chooser(int* p, int index);

    private delegate void Visitor(ref int value, in int other, out int result);

    public static string Lambdas()
    {
        int* p = Raw.Of(1, 2, 3);
        int offset = 1;
        Func<int> closure = () => p[offset] + *p;
        Action store = () => p[offset++] = 10;
        Func<nint, int> alone = static a => *(int*)a;
        store();
        return Show.All(closure(), alone((nint)p), p[1], offset);
    }

    public static string NestedClosures()
    {
        int* p = Raw.Of(1, 2, 3);
        var log = new List<int>();
        for (int i = 0; i < 3; i++)
        {
            int* q = p + i;
            Action outer = () =>
            {
                int before = *q;
                Action inner = () => log.Add(before + *p + ++*q);
                inner();
            };
            outer();
            outer();
        }

        return Show.All(log);
    }

    public static string LocalFunctions()
    {
        int* p = Raw.Of(1, 2, 3);
        int calls = 0;
        return Show.All(Static(p, 2), Closure(1), Recursive(2), Generic<short>(p), ByReference(ref *p), calls);

        static int Static(int* q, int i) => q[i];

        int Closure(int i)
        {
            calls++;
            p[i] += 5;
            return p[i];
        }

        int Recursive(int i) => i < 0 ? calls++ : p[i] + Recursive(i - 1);

        static T Generic<T>(void* q) where T : unmanaged => *(T*)q;

        int ByReference(ref int r)
        {
            ref int other = ref p[1];
            return r + other++;
        }
    }

    public static string DelegatesWithReferences()
    {
        int* p = Raw.Of(1, 2, 3);
        Chooser choose = (q, i) => ref q[i];
        choose(p, 1) = 20;
        Visitor visit = (ref int a, in int b, out int c) =>
        {
            a += b;
            c = a * 2;
        };
        visit(ref p[0], in p[1], out p[2]);
        visit += (ref int a, in int b, out int c) => c = a - b;
        visit(ref p[0], p[1], out int result);
        return Show.All(p[0], p[1], p[2], result);
    }

    public static string FunctionPointers()
    {
        int* p = Raw.Of(1, 2, 3);
        delegate*<int*, int, int> read = &Read;
        delegate*<ref int, ref int> reference = &Through;
        delegate* managed<void*, void> increment = &Increment<int>;
        increment(p);
        reference(ref p[1]) = 9;
        delegate*<int*, int, int>* table = stackalloc delegate*<int*, int, int>[2] { &Read, &ReadBack };
        delegate*<int*, int, int>* far = (delegate*<int*, int, int>*)Raw.Of((nint)table[1]);
        return Show.All(read(p, 1), table[1](p + 2, 2), (*far)(p + 2, 1), Choose(true)(p, 0), read == table[0], read != null);
    }

    public static string UnmanagedFunctionPointers()
    {
        int* p = Raw.Of(5, 3, 4);
        delegate* unmanaged<int*, int> callback = &FromNative;
        delegate* unmanaged[Cdecl]<int*, int*, int> compare = &Compare;
        nint libc = NativeLibrary.Load("libc.so.6");
        var sort = (delegate* unmanaged<int*, nuint, nuint, delegate* unmanaged[Cdecl]<int*, int*, int>, void>)NativeLibrary.GetExport(libc, "qsort");
        sort(p, 3, sizeof(int), compare);
        var absolute = (delegate* unmanaged[Cdecl, SuppressGCTransition]<int, int>)NativeLibrary.GetExport(libc, "abs");
        return Show.All(callback(p), p[0], p[1], p[2], absolute(-p[2]));
    }

    public static string MethodGroups()
    {
        int* p = Raw.Of(1, 2, 3);
        var instance = new Holder(p);
        Func<int, int> bound = instance.Get;
        Action<int, int> stored = instance.Set;
        stored(2, 30);
        Func<nint, int> sum = Holder.Sum;
        return Show.All(bound(2), sum((nint)p), ((Func<int>)instance.ExtensionRead)());
    }

    public static string LambdaParameters()
    {
        int* p = Raw.Of(1, 2, 3);
        var defaulted = (int index = 2) => p[index];
        var many = (params int[] indices) => indices.Sum(i => p[i]);
        return Show.All(defaulted(), defaulted(0), many(0, 1), many());
    }

    private static int ExtensionRead(this Holder holder) => holder.Get(0) + 100;

    private static delegate*<int*, int, int> Choose(bool forward) => forward ? &Read : &ReadBack;

    private static int Read(int* p, int i) => p[i];

    private static int ReadBack(int* p, int i) => p[-i];

    private static ref int Through(ref int r) => ref r;

    private static void Increment<T>(void* p) where T : unmanaged, IIncrementOperators<T> => (*(T*)p)++;

    [UnmanagedCallersOnly]
    private static int FromNative(int* p) => p[1] * 10;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Compare(int* a, int* b) => a->CompareTo(*b);

    private sealed class Holder(int* p)
    {
        private readonly int* _p = p;

        public static int Sum(nint p) => ((int*)p)[0] + ((int*)p)[1];

        public int Get(int i) => _p[i];

        public void Set(int i, int value) => _p[i] = value;
    }
}
