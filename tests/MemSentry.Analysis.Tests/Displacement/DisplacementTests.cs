using MemSentry.Analysis.Options;
using MemSentry.Analysis.Tests.Fixtures;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Tests.Displacement;

/// <summary>Which checks proofs by distance leave out, and which they must not.</summary>
[TestFixture]
internal sealed class DisplacementTests
{
    private const string Types = "struct S { public int A, B; public S* Next; public fixed int Many[8]; } static void F() => GC.KeepAlive(null); static int Known = Environment.ProcessId; ";

    [TestCase("static int L(int n) => n * 3; static int M(int* p, int i) { int a = *p + L(3); return a + p[i]; }", "checked withinreach", TestName = "omits: behind a leaf of the module")]
    [TestCase("static int L(int n) => n * 3; static int N(int n) => L(n) + 1; static int M(int* p) { int a = *p + N(3); return a + *p; }", "checked withinreach", TestName = "omits: behind a leaf that calls a leaf")]
    [TestCase("class D { int _n; public int L { get => _n; set => _n = value; } } static int M(int* p, D d) { int a = *p; d.L = a + d.L; return a + *p; }", "checked withinreach", TestName = "omits: behind properties without code of their own")]
    [TestCase("static ReadOnlySpan<byte> Kinds => [1, 2, 3, 4, 5, 6, 7, 8, 9]; static bool Is(int c) => Kinds[c] == 4; static int M(int* p) { int a = *p; if (Is(a)) a++; return a + *p; }", "checked withinreach", TestName = "omits: behind a leaf that looks something up in static data")]
    [TestCase("static int M(int* p, object o) { int a = *p; return (o as string) is null ? a + *p : 0; }", "checked withinreach", TestName = "omits: behind a cast to a class")]
    [TestCase("class D { public static int Count; } static int M(int* p) { int a = *p; D.Count = a + D.Count; return a + *p; }", "checked withinreach", TestName = "omits: behind a static field of a class without static constructor")]
    [TestCase("static int M(int* p) { int b = Known; int a = *p; return a + b + Known + *p; }", "checked withinreach", TestName = "omits: behind a static field that was accessed before, and ran its constructor then")]
    [TestCase("static int M(int* p, bool w) { int b = 0; if (w) b = Known; else Known = 1; int a = *p; return a + b + Known + *p; }", "checked withinreach", TestName = "omits: behind a static field that was accessed on both ways")]
    [TestCase("class D<T> { public static int N = Environment.ProcessId; } static int M(int* p) { int b = D<int>.N; int a = *p; return a + b + D<int>.N + *p; }", "checked withinreach", TestName = "omits: behind a static field of a generic class that was found before")]
    [TestCase("[ThreadStatic] static int Own; static int M(int* p) { int b = Own; int a = *p; return a + b + Own + *p; }", "checked withinreach", TestName = "omits: behind a field of the thread that was found before")]
    [TestCase("static int M(int* p, string s, ReadOnlySpan<byte> b) { int a = *p; a += s[2] + s.Length + b[3] + System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(a); return a + *p; }", "checked proven proven withinreach", TestName = "omits: behind leaves of the framework")]
    [TestCase("static int M(int* p) => p[0] + p[1];", "checked withinreach", TestName = "omits: a constant behind a checked pointer")]
    [TestCase("static int M(int* p, int i, int j) => p[i] + p[j];", "checked withinreach", TestName = "omits: an index of 32 bits")]
    [TestCase("static int M(int* p, uint i) => p[0] + p[i];", "checked withinreach", TestName = "omits: an index of 32 bits without sign")]
    [TestCase("static int M(int* p, long i) => p[0] + p[i & 0xFFFF];", "checked withinreach", TestName = "omits: an index of 64 bits under a mask")]
    [TestCase("static int M(S* p) => p->A + p->B;", "checked withinreach", TestName = "omits: another field of the same structure")]
    [TestCase("static int M(S* p, int i) => p->Many[i] + p->Many[i + 1];", "checked withinreach", TestName = "omits: an element of a buffer in a structure")]
    [TestCase("static int M(int* p) { int* q = p; return *p + *q; }", "checked withinreach", TestName = "omits: a copy of a checked pointer")]
    [TestCase("static int M(int i) { int* p = stackalloc int[4]; return p[i]; }", "withinreach", TestName = "omits: an element of stack memory")]
    [TestCase("static int M() => *(int*)1234;", "withinreach", TestName = "omits: a small number is an address near null")]
    [TestCase("static ref int M(int* p) { int a = *p; return ref *p; }", "checked withinreach", TestName = "omits: the very address that was checked becomes a reference")]
    [TestCase("static uint M(uint* p) => uint.RotateLeft(*p, 3) + *p;", "checked withinreach", TestName = "omits: a leaf of the framework keeps nothing")]
    [TestCase("static int M<T>(T* p, int i) where T : unmanaged => *(int*)p + *(int*)(p + (i & 255));", "checked withinreach", TestName = "omits: a few elements of unknown size")]
    [TestCase("struct P { public long A; public byte B; } static long M(P* p, int i) => p[0].A + p[i].A;", "checked withinreach", TestName = "omits: an index of structures that are defined here")]
    [TestCase("struct O { public Guid G; public byte B; public System.Numerics.Vector3 V; public int A; } static int M(O* p, int i) => p[0].A + p[i].A;", "checked withinreach", TestName = "omits: an index of structures with those of the framework inside that never change")]
    [TestCase("static void M(Guid* p, int i) { Guid a = p[0]; a = p[i]; }", "checked withinreach", TestName = "omits: an index of structures of the framework that never change")]
    [TestCase("static void M(System.Runtime.Intrinsics.Vector128<byte>* p, int i) { System.Runtime.Intrinsics.Vector128<byte> a = p[0]; a = p[i]; }", "checked withinreach", TestName = "omits: an index of vectors, as long as their name says")]
    [TestCase("static void M(byte* p, int n) { *p = 0; while (n-- > 0) *p++ = 1; }", "checked withinreach", TestName = "omits: the store before has been executed")]
    [TestCase("static int M(int* p, bool b) { if (b) p[1] = 2; else p[2] = 3; return p[3]; }", "checked checked withinreach", TestName = "omits: checked on both paths")]
    public void Omits(string source, string expected) => Assert.That(Verdicts(source), Is.EqualTo(expected));

    [TestCase("static int M(int* p, long i) => p[0] + p[i];", "checked checked", TestName = "keeps: an index of 64 bits")]
    [TestCase("static int M(int* p, long i) => p[0] + p[i << 3];", "checked checked", TestName = "keeps: a shift to the left says nothing about 64 bits")]
    [TestCase("static int M(int* p, long i) { if (i < 10) return p[0] + p[i]; return 0; }", "checked checked", TestName = "keeps: a signed compare gives no lower bound")]
    [TestCase("struct B { public fixed byte X[1024]; } static int M(B* p, int i) => p[0].X[0] + p[i].X[0];", "checked checked", TestName = "keeps: elements so large that an index reaches across a guard")]
    [TestCase("struct O { public DateTimeOffset G; public int A; } static int M(O* p, int i) => p[0].A + p[i].A;", "checked checked", TestName = "keeps: structures with something of another assembly inside, which may grow")]
    [TestCase("struct O { public Int128 G; public int A; } static int M(O* p, int i) => p[0].A + p[i].A;", "checked checked", TestName = "keeps: structures with something inside that is aligned to sixteen bytes")]
    [TestCase("static long M(TimeSpan* p, int i) { TimeSpan a = p[0]; a = p[i]; return 0; }", "checked checked", TestName = "keeps: structures of the framework that may grow")]
    [TestCase("[InlineArray(9)] struct L { public int A; } static int M(L* p, int i) => p[0].A + p[i].A;", "checked checked", TestName = "keeps: inline arrays, which repeat their field")]
    [TestCase("struct N<T> where T : unmanaged { public T A; } static int M(N<int>* p, int i) => p[0].A + p[i].A;", "checked checked", TestName = "keeps: generic structures, of whose size nothing is known")]
    [TestCase("[StructLayout(LayoutKind.Sequential, Size = 1 << 30)] struct H { public int A; } static int M(H* p, int i) => p[0].A + p[i & 4095].A;", "checked checked", TestName = "keeps: a structure that is declared to be larger than its fields")]
    [TestCase("static int M<T>(T* p, int i) where T : unmanaged => *(int*)p + *(int*)(p + (i & 4095));", "checked checked", TestName = "keeps: elements of unknown size, which may be declared to be huge")]
    [TestCase("static int M<T>(T* p, int i) where T : unmanaged { _ = p[0]; T t = p[i]; return t.GetHashCode(); }", "checked", TestName = "keeps: elements of unknown size")]
    [TestCase("static int M(int* p) { int a = *p; F(); return a + *p; }", "checked checked", TestName = "keeps: a call may have changed the pointer where the callee kept it")]
    [TestCase("static int M(int* p, int i) { int a = *p; F(); int b = *p; return a + b + p[i]; }", "checked checked checked", TestName = "keeps: an index that was alive across a call may have grown beyond 32 bits")]
    [TestCase("static int M(int* p) { int a = *p; int b = Known; return a + b + *p; }", "checked checked", TestName = "keeps: a static constructor may have run")]
    [TestCase("static int M(byte* p) { int a = *p; return a + *(p + ((1L << 40) - (1L << 31))); }", "checked checked", TestName = "keeps: a structure there would end behind the guard")]
    [TestCase("static int M(int* p, object o) { int a = *p; return (o as IDisposable) is null ? a + *p : 0; }", "checked checked", TestName = "keeps: a cast to an interface may have asked the object")]
    [TestCase("static int M<T>(int* p, object o) where T : class { int a = *p; return (o as T) is null ? a + *p : 0; }", "checked checked", TestName = "keeps: a cast to a type parameter may have asked the object")]
    [TestCase("static int M(int* p, IDisposable o, IDisposable[] all) { int a = *p; all[0] = o; return a + *p; }", "checked checked", TestName = "keeps: a store into an array of objects may have asked the object")]
    [TestCase("static int L<T>() => 1; static int M(int* p) { int a = *p + L<int>(); return a + *p; }", "checked checked", TestName = "keeps: a generic callee, whose code the runtime may have to look for")]
    [TestCase("class D { public virtual int L() => 1; } static int M(int* p, D d) { int a = *p + d.L(); return a + *p; }", "checked checked", TestName = "keeps: a virtual callee, which may be another")]
    [TestCase("static int L(int n) { int s = 0; while (n-- > 0) s += n; return s; }  static int M(int* p) { int a = *p + L(3); return a + *p; }", "checked checked", TestName = "keeps: a callee with a loop, which may go on for long")]
    [TestCase("static int L(int n) => n > 0 ? L(n - 1) : 0; static int M(int* p) { int a = *p + L(3); return a + *p; }", "checked checked", TestName = "keeps: a callee that calls itself")]
    [TestCase("static object L() => new object(); static int M(int* p) { int a = *p; L(); return a + *p; }", "checked checked", TestName = "keeps: a callee that allocates")]
    [TestCase("[MethodImpl(MethodImplOptions.NoInlining)] static int L() => 1; static int M(int* p) { int a = *p + L(); return a + *p; }", "checked checked", TestName = "keeps: a callee that must not be inlined")]
    [TestCase("static volatile int V; static int M(byte* p, int n) { int s = *p; while (n-- > 0) { p += 1000; _ = V; } return s + *p; }", "checked checked", TestName = "keeps: a volatile load of a static field whose value nobody uses is no access of the pointer")]
    [TestCase("static int M(int* p, bool w) { int b = 0; if (w) b = Known; int a = *p; return a + b + Known + *p; }", "checked checked", TestName = "keeps: the static field was accessed on one way only")]
    [TestCase("static int Other = Environment.ProcessId; static int M(int* p) { int b = Known; int a = *p; return a + b + Other + *p; }", "checked checked", TestName = "keeps: another static field was accessed before")]
    [TestCase("class D<T> { public static int N = Environment.ProcessId; } static int M(int* p) { int b = D<int>.N; int a = *p; return a + b + D<long>.N + *p; }", "checked checked", TestName = "keeps: the static field of another instance of the generic class was accessed before")]
    [TestCase("static int M(int* p) { int b = 0; try { } finally { b = Known; } int a = *p; return a + b + Known + *p; }", "checked checked", TestName = "keeps: the static field was accessed in a finally block")]
    [TestCase("static int M(int* p) { int b = 0; try { b = Known; } catch (InvalidOperationException) { } int a = *p; return a + b + Known + *p; }", "checked checked", TestName = "keeps: a handler may have come in the place of the access of the static field")]
    [TestCase("class D { static readonly int N = Environment.ProcessId; static D() { } public static int L() => 1; } static int M(int* p) { int a = *p + D.L(); return a + *p; }", "checked checked", TestName = "keeps: a callee whose class has a static constructor to run first")]
    [TestCase("static int L(int n) { try { n++; } finally { n--; } return n; } static int M(int* p) { int a = *p + L(3); return a + *p; }", "checked checked", TestName = "keeps: a callee with handlers")]
    [TestCase("class D<T> { public static int Count; } static int M(int* p) { int a = *p + D<string>.Count; return a + *p; }", "checked checked", TestName = "keeps: a static field of a generic class, which the runtime may have to look for")]
    [TestCase("class D { [ThreadStatic] public static int Count; } static int M(int* p) { int a = *p + D.Count; return a + *p; }", "checked checked", TestName = "keeps: a field of a thread, which the runtime may have to look for")]
    [TestCase("static int M(int* p, ReadOnlySpan<short> s) { int a = *p; System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(s, default); return a + *p; }", "checked checked", TestName = "keeps: an overload of a leaf of the framework that goes through a span")]
    [TestCase("static ref int M(int* p) { int a = *p; p = p + a; return ref *p; }", "checked checked", TestName = "keeps: a reference may not be displaced")]
    [TestCase("static int M(S* p) => p->Next->A;", "checked checked", TestName = "keeps: the pointer was loaded from memory")]
    [TestCase("static int M(int* p, bool b) { if (b) p[1] = 2; return p[3]; }", "checked checked", TestName = "keeps: checked on one path only")]
    [TestCase("static int M(int* p, int* q, bool b) { int a = *p; if (b) p = q; return a + *p; }", "checked checked", TestName = "keeps: the variable got another pointer on one path")]
    [TestCase("static int M(int* p) { int a = *p; G(&p); return a + *p; } static void G(int** p) { }", "checked checked", TestName = "keeps: the variable's own address was taken")]
    [TestCase("static int M(int* p, int* q) { try { *p = 1; F(); } catch { return *p; } return 0; }", "checked checked", TestName = "keeps: a handler knows nothing of its try block")]
    [TestCase("static int M(int* p) { try { F(); } finally { *p = 1; } return *p; }", "checked checked", TestName = "keeps: nothing is known behind a finally block")]
    [TestCase("static int M(byte* p, byte* q, int n) { int s = *p; if (s > 0) s += *q; while (n-- > 0) { s += p[0]; p += n & 1; } return s; }", "checked checked checked", TestName = "keeps: a load is no evidence, because the JIT may leave it out")]
    [TestCase("static int M(byte* p, int n) { *p = 1; for (; n > 0; n--) p += 1000; return *p; }", "checked checked", TestName = "keeps: steps add up where nothing is accessed")]
    [TestCase("static int M(byte* p, byte* q) => *p + p[q - p];", "checked checked", TestName = "keeps: the distance of two pointers")]
    [TestCase("static int M(int* p) { MemSentryMarkers.SafeRegionAccess(); int a = *p; return a + *p; }", "trusted checked", TestName = "keeps: a marker allowed the access before, so it proves nothing")]
    public void Keeps(string source, string expected) => Assert.That(Verdicts(source).Replace(" proven", "", StringComparison.Ordinal), Does.StartWith(expected).And.Not.Contains("withinreach"));

    [TestCase(100, "checked withinreach", TestName = "omits: a variable behind a hundred others")]
    [TestCase(200, "checked checked", TestName = "keeps: a variable behind the first 128 is not followed")]
    public void Follows(int variables, string expected)
    {
        string declared = string.Concat(Enumerable.Range(0, variables).Select(i => $"int* v{i} = p; "));
        string used = string.Concat(Enumerable.Range(0, variables).Select(i => $"Use(v{i}); "));
        Assert.That(Verdicts($"static int M(int* p) {{ {declared} int* last = p; {used} F(); int a = *last; return a + *last; }} static void Use(int* x) {{ }}").Split(' ')[^2..], Is.EqualTo(expected.Split(' ')));
    }

    [TestCase(Code.Add, "checked withinreach", TestName = "omits: an index that is added")]
    [TestCase(Code.Add_Ovf, "checked withinreach", TestName = "omits: an index that is added, or overflows")]
    [TestCase(Code.Add_Ovf_Un, "checked checked", TestName = "keeps: an index below zero that is widened with zeros")]
    public void Adds(Code addition, string expected)
    {
        CSharpFixture fixture = CSharpFixture.Compile("unsafe class C { static int M(byte* p, int i) => *p + p[i]; }");
        Instruction add = fixture.Module.GetType("C").Methods.Single(m => m.Name == "M").Body.Instructions.Single(i => i is { OpCode.Code: Code.Add, Previous.OpCode.Code: Code.Ldarg_1 });
        add.OpCode = addition switch { Code.Add_Ovf => OpCodes.Add_Ovf, Code.Add_Ovf_Un => OpCodes.Add_Ovf_Un, _ => OpCodes.Add };

        Assert.That(Verdicts(fixture), Is.EqualTo(expected));
    }

    [TestCase("static void M(byte* p) { *p = 0; p[1] = 1; }", "masked masked", TestName = "keeps under sfi: of what a masked store did nothing is learnt")]
    [TestCase("static int M(byte* p) => *p + p[1];", "masked masked", TestName = "keeps under sfi: a mask proves the copy that it masks, and a load is no evidence")]
    [TestCase("static void M(int i) { byte* p = stackalloc byte[4]; p[i] = 0; p[1] = 1; }", "withinreach withinreach", TestName = "omits under sfi: stack memory and its surroundings")]
    public void Masks(string source, string expected) => Assert.That(Verdicts(source, new WeaverOptions { ProtMethod = ProtectionMethod.Sfi }), Is.EqualTo(expected));

    [TestCase(CheckedAccesses.Write, "notselected checked", TestName = "keeps under rw=w: a load that is not checked proves nothing")]
    [TestCase(CheckedAccesses.Read, "checked notselected", TestName = "keeps under rw=r: the load is checked")]
    public void Selected(CheckedAccesses rw, string expected) =>
        Assert.That(Verdicts("static void M(int* p) { int a = *p; p[1] = a; }", new WeaverOptions { Rw = rw }), Is.EqualTo(expected));

    [TestCase("displacement", "checked checked checked")]
    [TestCase("evidence", "checked withinreach checked")]
    [TestCase("none", "checked withinreach withinreach")]
    public void A_pass_can_be_left_out(string pass, string expected)
    {
        WeaverOptions options = OptionCatalog.Parse([new("DisablePass", pass)], []);

        Assert.That(Verdicts("static void M(byte* p, int n) { *p = 0; p[1] = 2; while (n-- > 0) *p++ = 1; }", options), Is.EqualTo(expected));
    }

    private static string Verdicts(string source, WeaverOptions? options = null) => Verdicts(CSharpFixture.Compile($"unsafe class C {{ {Types} {source} }}"), options);

    private static string Verdicts(CSharpFixture fixture, WeaverOptions? options = null) => string.Join(' ',
        fixture.Decisions("M", options ?? new WeaverOptions()).Split('\n').Select(l => l.Split(' ')[3].TrimEnd(':')));
}
