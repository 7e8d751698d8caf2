namespace MemSentry.Analysis.Tests.Laws;

/// <summary>Bodies with every rule of the analysis in them.</summary>
internal static class Bodies
{
    public const string Source = """
        public unsafe class C
        {
            struct S { public int A; public long B; public S* Next; public int Get() => A; }
            ref struct R { public ref int Ref; public Span<int> Span; }
            static int s_number; static int* s_pointer; int _field; int[] _array = new int[3];
            [DllImport("c")] static extern void free(void* p);
            static void Callee(ref int r) => r++;
            static ref int Return(ref int r) => ref r;
            static Span<int> Make(Span<int> s) => s;

            static int Load(int* p, int i) => *p + p[i] + ((int*)((long)p + 8))[1];
            static void Store(int* p, ref int r) { *p = 1; r = *p; p++; *p = r; }
            static long Fields(S* p, ref S r, S s) { r.B = p->B; p = p->Next; r = *p; s.A = 3; int* q = &p->A; return s.A + *q + p->Get() + r.Get(); }
            static int Anchors(C c, int[] a, object o) { int x = 1; int* p = &x; ref int r = ref a[1]; ref int f = ref c._field; int* stack = stackalloc int[4]; stack[0] = *p; s_pointer = stack; return r + f + Unsafe.Unbox<int>(o) + stack[1]; }
            static int Fixed(int[] a, string s) { fixed (int* p = a) fixed (char* q = s) return p[1] + q[2]; }
            static int Calls(int* p, delegate*<int*, int> f, Func<int, int> d) { int x = *p; Callee(ref *p); x += f(p) + d(x); free(p); return *p + Return(ref x); }
            static int Loop(S* p, int n) { int sum = 0; for (int i = 0; i < n; i++) { sum += p->A; p = (i & 1) == 0 ? p->Next : p + 1; } return sum; }
            static int Spans(Span<int> s, Span<int>* p, R r) { Span<int> t = s.Slice(1); t = Make(t); t[0] = (*p)[1]; foreach (ref int x in t) x++; r.Span = t; r.Ref = ref t[0]; return r.Ref + r.Span.Length; }
            static int Handlers(int* p, int n) { int* q = p; try { int* local = stackalloc int[2]; q = local; if (n > 3) throw new Exception(); try { q = p; *q = n; } finally { q = &n; *q = 3; } } catch (ArgumentException e) when (e.HResult == *q) { q = p + 1; return *q; } catch { return *p; } return *q; }
            static double Numbers(double d, float f, long l, uint u, nint n) { checked { n += (nint)l; u *= 3; } nuint m = (nuint)n >> 3; return d * f + (l << 2) - (int)u + m + -l + ~n; }
            static void Blocks(void* p, void* q, byte b) { Unsafe.CopyBlock(p, q, 8); Unsafe.InitBlock(p, b, 4); }
            static T Generic<T>(T* p, ref T r, T[] a) where T : unmanaged { r = *p; a[0] = r; ref T e = ref a[1]; e = default; return Unsafe.As<T, T>(ref r); }
            static int Retyped(ref S s) { ref int r = ref Unsafe.As<S, int>(ref s); ref long l = ref Unsafe.Add(ref s.B, 1); return r + (int)l; }
            static (int, long) Tuples((int A, long B)* t) { t->A = 1; var copy = *t; return copy; }
            static int Switch(int* p, int n) => n switch { 0 => *p, 1 => p[1], 2 => *(p + n), _ => throw new InvalidOperationException() };
            static object Boxes(int* p, object o) => o is int i ? i + *p : (object)*p;
        }
        """;
}
