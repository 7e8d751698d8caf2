namespace Constructs;

/// <summary>P/Invoke with pointers, references, callbacks, structures and handles.</summary>
public static unsafe partial class Native
{
    private delegate int Comparison(ref int a, ref int b);

    private delegate int PointerComparison(int* a, int* b);

    public static string Pointers()
    {
        byte* text = Raw.Text("hello");
        byte* copy = Raw.Of<byte>(0, 0, 0, 0, 0, 0);
        memcpy(copy, text, 6);
        memset(copy, 'j', 1);
        byte* found = strchr(copy, 'l');
        return Show.All(strlen(copy), found - copy, *found, strcmp(text, copy) < 0, strchr(copy, 'x') == null, Marshal.PtrToStringUTF8((nint)copy));
    }

    public static string References()
    {
        int* p = Raw.Of(5, 6, 7);
        long start = 0;
        memcpy(ref p[0], in p[2], sizeof(int));
        fixed (int* q = new[] { 1, 2 })
            memcpy(q, p, 4);
        frexp(48.0, out int exponent);
        frexp(3.0, out p[1]);
        double fraction = modf(2.25, (double*)&start);
        return Show.All(p[0], exponent, p[1], fraction, BitConverter.Int64BitsToDouble(start));
    }

    public static string Callbacks()
    {
        int* p = Raw.Of(3, 1, 2);
        int calls = 0;
        Comparison descending = (ref int a, ref int b) =>
        {
            calls++;
            return b.CompareTo(a);
        };
        qsort(p, 3, sizeof(int), descending);
        string first = Show.All(p[0], p[1], p[2], calls > 0);
        PointerComparison ascending = static (a, b) => *a - *b;
        qsort(p, 3, sizeof(int), ascending);
        nint function = Marshal.GetFunctionPointerForDelegate(descending);
        qsort(p, 2, sizeof(int), function);
        GC.KeepAlive(descending);
        var back = Marshal.GetDelegateForFunctionPointer<Comparison>(function);
        return Show.All(first, p[0], p[1], p[2], back(ref p[0], ref p[1]));
    }

    public static string CallbacksWithState()
    {
        int* p = Raw.Of(4, 8, 15);
        int key = 8;
        void* found = bsearch(&key, p, 3, sizeof(int), &Compare);
        key = 9;
        void* missing = bsearch(&key, p, 3, sizeof(int), &Compare);
        return Show.All((int*)found - p, missing == null);
    }

    public static string Texts() => Show.All(atoi("42x"), strlen("four"), getenv("MEMSENTRY_NO_SUCH_VARIABLE") == 0, strtol(Raw.Text("77 rest"), out byte* end, 10), *end, snprintf(16));

    public static string Structures()
    {
        Division d = div(17, 5);
        Division* far = Raw.Of(div(-7, 2));
        byte* time = Raw.Of<byte>(new byte[64]);
        long* epoch = Raw.Of(86_400L);
        nint result = gmtime_r(epoch, time);
        var days = *(Time*)time;
        gmtime_r(in *epoch, out Time again);
        return Show.All(d.Quotient, d.Remainder, far->Quotient, far->Remainder, result == (nint)time, days.Day, days.Year, again.Day, again.Year);
    }

    public static string Errors()
    {
        int closed = close(-1);
        int error = Marshal.GetLastPInvokeError();
        return Show.All(closed, error, Show.Fault(() => NoSuchFunction(null)), Show.Fault(() => NoSuchLibrary(0)));
    }

    public static string Handles()
    {
        using Owned handle = malloc(16);
        bool added = false;
        handle.DangerousAddRef(ref added);
        *(int*)handle.DangerousGetHandle() = 5;
        memset(handle, 1, 1);
        int value = *(int*)handle.DangerousGetHandle();
        handle.DangerousRelease();
        return Show.All(added, value, handle.IsInvalid, handle.IsClosed);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Compare(void* a, void* b) => *(int*)a - *(int*)b;

    private static int snprintf(int size)
    {
        byte* buffer = stackalloc byte[size];
        fixed (byte* format = "%%"u8)
        {
            int written = snprintf(buffer, (nuint)size, format);
            return written + buffer[0];
        }
    }

    [DllImport("libc")] private static extern nuint strlen(byte* text);
    [DllImport("libc", CharSet = CharSet.Ansi)] private static extern nuint strlen(string text);
    [DllImport("libc")] private static extern byte* strchr(byte* text, int c);
    [DllImport("libc")] private static extern int strcmp(byte* a, byte* b);
    [DllImport("libc")] private static extern void* memcpy(void* to, void* from, nuint length);
    [DllImport("libc")] private static extern nint memcpy(ref int to, in int from, nint length);
    [DllImport("libc")] private static extern void* memset(void* to, int value, nuint length);
    [DllImport("libc")] private static extern nint memset(Owned to, int value, nuint length);
    [DllImport("libm.so.6")] private static extern double frexp(double value, out int exponent);
    [DllImport("libm.so.6")] private static extern double modf(double value, double* whole);
    [DllImport("libc")] private static extern void qsort(int* items, nuint count, nuint size, Comparison comparison);
    [DllImport("libc")] private static extern void qsort(int* items, nuint count, nuint size, PointerComparison comparison);
    [DllImport("libc")] private static extern void qsort(int* items, nuint count, nuint size, nint comparison);
    [DllImport("libc")] private static extern void* bsearch(void* key, void* items, nuint count, nuint size, delegate* unmanaged[Cdecl]<void*, void*, int> comparison);
    [DllImport("libc", CharSet = CharSet.Ansi)] private static extern int atoi(string text);
    [DllImport("libc")] private static extern nint strtol(byte* text, out byte* end, int radix);
    [DllImport("libc", CharSet = CharSet.Ansi)] private static extern nint getenv(string name);
    [DllImport("libc")] private static extern Division div(int a, int b);
    [DllImport("libc")] private static extern nint gmtime_r(long* epoch, byte* result);
    [DllImport("libc")] private static extern nint gmtime_r(in long epoch, out Time result);
    [DllImport("libc", SetLastError = true)] private static extern int close(int file);
    [DllImport("libc")] private static extern Owned malloc(nuint size);
    [DllImport("libc")] private static extern void free(nint p);
    [DllImport("libc")] private static extern int snprintf(byte* buffer, nuint size, byte* format);
    [DllImport("libc", EntryPoint = "no_such_function")] private static extern void NoSuchFunction(void* p);
    [DllImport("no_such_library")] private static extern int NoSuchLibrary(nint p);

    private struct Division
    {
        public int Quotient, Remainder;
    }

    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct Time
    {
        public int Second, Minute, Hour, Day, Month, Year;
    }

    private sealed class Owned() : SafeHandle(0, true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            free(handle);
            return true;
        }
    }
}
