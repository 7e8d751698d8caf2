namespace MemSentry.Verifier.Tests.Fixtures;

/// <summary>C# sources to weave.</summary>
internal static class Sources
{
    /// <summary>Members in which every single check is needed: no two of them cover the same value.</summary>
    public const string EveryCheckCounts = """
        public unsafe class C
        {
            struct S { public int A; public long B; public int Get() => A; }
            ref struct R { public ref int Ref; }
            [DllImport("c")] static extern void free(void* p);
            [DllImport("c")] static extern nint handle(nint p);
            static void Callee(ref int r) => r++;
            static int* s_pointer;

            static int Load(int* p) => *p;
            static void Store(int* p) { *p = 1; }
            static void StoreBelow(double* p, double d) { *p = d * 2; }
            static void Copy(S* to, S* from) { *to = *from; }
            static long Field(S* p) => p->B;
            static void SetField(S* p, int v) { p->A = v; }
            static int Indexed(int* p, int i) => p[i];
            static int Loop(int* p, int n) { int sum = 0; for (int i = 0; i < n; i++) sum += p[i]; return sum; }
            static int Chain(int** p) => **p;
            static int FromStatic() => *s_pointer;
            static ref int Return(int* p) => ref *p;
            static void Pass(int* p) => Callee(ref *p);
            static int Receive(S* p) => p->Get();
            static void Keep(int* p, ref R r) { r.Ref = ref *p; }
            static void Leave(void* p) => free(p);
            static nint LeaveAsNumber(nint p) => handle(p);
            static void LeaveByPointer(delegate*<int*, void> f, int* p) => f(p);
            static object Follow(nint p) => GCHandle.FromIntPtr(p).Target;
            static void Fill(byte* p, byte v) => Unsafe.InitBlock(p, v, 16);
            static int AfterCall(int* p) { Console.WriteLine(); return *p; }
            static int InHandler(int* p) { try { Console.WriteLine(); } catch (Exception) { return *p; } return 0; }
            static int Reference(ref int r) => Unsafe.Add(ref r, 5);
            static int Choose(bool b, int* p, int* q) => *(b ? p : q);
        }
        """;

    /// <summary>The same constructs and more, with members and accesses that are trusted.</summary>
    public const string Everything = EveryCheckCounts + """

        public static unsafe class D
        {
            [SafeRegionAccess] public static int Trusted(int* p) => *p;
            public static int Marked(int* p) { MemSentryMarkers.SafeRegionAccess(); return *p; }
            public static int Array(int[,] a, int[] b) { ref int r = ref a[1, 2]; fixed (int* p = b) { return r + *p + p[1]; } }
            public static int Spans(Span<byte> s) { int sum = 0; foreach (ref byte b in s) { b++; sum += b; } return sum; }
            public static int Stack(int n) { int* p = stackalloc int[n]; p[0] = 1; try { p[1] = 2; } finally { p[2] = n; } return p[3]; }
            public static void Update(int* p) { *p += 3; }
            static void Spilled(ref int r, S* p, ref R s) { s.Ref = ref r; Two(ref r, ref p->A); Two(ref s.Ref, ref p->A); }
            public static int OwnAddress(long address) { R* p = (R*)&address; return p->Ref; }
            static void Two(ref int a, ref int b) => a = b;
            struct S { public long B; public int A; }
            ref struct R { public ref int Ref; }
            struct Large { public fixed byte Gap[1 << 26]; public int Last; }
            static void Walk(ref Large l) { fixed (int* p = &l.Last) { ref Large next = ref *(Large*)p; if (next.Last == 0) Walk(ref next); } }
            interface I { static virtual ref int Get() => ref s_field; private static int s_field; }
            static void Dispatched<T>() where T : I => Two(ref T.Get(), ref T.Get());
            public static int Local() { int x = 1; int* p = &x; *p = 2; return x; }
            public static string Format(int i, object o) => $"{i:x} {o} {i + 1}";
            public static int Nested(int* p) { try { try { return *p; } finally { *p = 1; } } catch (Exception) when (*p > 1) { return *p; } }
            public static (int, long) Tuples((int A, long B)* t) { t->A = 1; var copy = *t; return copy; }
            static int ReadThroughPointer(R* p) { R r = *p; return r.Ref; }
            static int LengthThroughPointer(Span<int>* p) { Span<int> s = *p; return s.Length; }
            static int[] SpanThroughPointer(Span<int>* p) => p->ToArray();
            static int WrittenOver(R r, long address) { *(long*)&r = address; return r.Ref; }
            public static T Generic<T>(T* p, ref T r) where T : unmanaged { r = *p; return r; }
        }

        public static class E
        {
            public static async System.Threading.Tasks.Task<int> Async(int[] a) { await System.Threading.Tasks.Task.Yield(); return a[0]; }
            public static System.Collections.Generic.IEnumerable<int> Iterator(int n) { for (int i = 0; i < n; i++) yield return i; }
        }
        """;
}
