using MemSentry.Analysis.Tests.Fixtures;

namespace MemSentry.Analysis.Tests.Provenance;

/// <summary>Accesses that must be checked, one case a reason.</summary>
[TestFixture]
internal sealed class UntrustedOriginTests
{
    [TestCase("static int M(int* p) => *p;", "ldind.i4 [0] load checked: PointerParameter")]
    [TestCase("static int M(nint p) => *(int*)p;", "ldind.i4 [0] load checked: PointerParameter")]
    [TestCase("static int M(long p) => *(int*)p;", "ldind.i4 [0] load checked: Converted")]
    [TestCase("struct N { public N* Next; public int V; } static int M(ref N n) => n.Next->V;", "ldfld [0] load checked: LoadedFromMemory")]
    [TestCase("static int* Q; static int* P() => Q; static int M() => *P();", "ldind.i4 [0] load checked: CallResult")]
    [TestCase("static int M(long n) { int* p = stackalloc int[4]; return p[n]; }", "ldind.i4 [0] load checked: Arithmetic")]
    [TestCase("static int M(int* q) { int* p = null; F(&p); return *p; } static void F(int** p) { }", "ldind.i4 [0] load checked: AddressTakenVariable")]
    [TestCase("ref struct S { public Span<int> F; } static int M(S* s) => s->F[1];", "ldind.i4 [0] load checked: CallResult")]
    [TestCase("[SafeRegionAccess] static ref int Key() => ref s; static int s; static int M() => Key();", "ldind.i4 [0] load checked: CallResult")]
    [TestCase("class B { public virtual ref int R() => ref s; static int s; } static int M(B b) => b.R();", "ldind.i4 [0] load checked: CallResult")]
    [TestCase("static int M(ref int r, int i) => Unsafe.Add(ref r, i);", "ldind.i4 [0] load checked: CallResult")]
    [TestCase("static int M(nint p) { ref int r = ref *(int*)p; return r; }", "ldind.i4 [0] load checked: PointerParameter")]
    [TestCase("struct S { public T In; } struct T { public int F; } static int M(S* s) => s->In.F;", "ldfld [0] load checked: FieldOfUntrusted")]
    [TestCase("static int M(int* e, bool b) { int x = 0; int* p = &x; if (b) p = e; return *p; }", "ldind.i4 [0] load checked: PointerParameter")]
    [TestCase("ref struct S { public ref int R; } static int M(S s) => s.R;", "ldind.i4 [0] load checked: LoadedFromMemory")]
    [TestCase("ref struct S { public ref int R; } static int M(S* p) => (*p).R;", "ldind.i4 [0] load checked: LoadedFromMemory")]
    [TestCase("static int M(TypedReference t) => __refvalue(t, int);", "ldind.i4 [0] load checked: TypedReferenceTarget")]
    [TestCase("struct S { public int A; } static void M(S* p, S v) => *p = v;", "stobj [1] store checked: PointerParameter")]
    [TestCase("struct S { public int A, B, D; } static void M(S* p) => *p = default;", "initobj [0] store checked: PointerParameter")]
    [TestCase("static void M(double* p, double v) => *p = v;", "stind.r8 [1] store checked: PointerParameter")]
    [TestCase("struct S { public int A; } static void M(S* p, int v) => p->A = v;", "stfld [1] store checked: PointerParameter")]
    public void Checks(string source, string expected) => Assert.That(Lines(source), Does.Contain(expected));

    [TestCase("static int M(int* evil) { int x = 0; int* p = &x; try { p = evil; throw new Exception(); } catch { return *p; } }",
        TestName = "Handler sees the pointer of the throw point")]
    [TestCase("static int M(int* evil) { int x = 0; int* p = &x; try { try { p = evil; throw new Exception(); } finally { p = &x; } } catch when (*p == 1) { } return 0; }",
        TestName = "Filter sees the pointer before the inner finally")]
    [TestCase("static int M(int* evil, int n) { int x = 0; int* p = &x; int s = 0; for (int i = 0; i < n; i++) { s += *p; p = evil; } return s; }",
        TestName = "Loop sees the pointer of the round before")]
    [TestCase("static int M(int* evil) { int x = 0; int* p = &x; try { p = evil; } finally { x = *p; } return x; }",
        TestName = "Finally sees the pointer of the try block")]
    [TestCase("static int M(int* evil, bool b) => *(b ? evil : F()); static int* F() => null;",
        TestName = "Stack slot that meets a call result")]
    public void Checks_what_control_flow_brings(string source) => Assert.That(Lines(source), Has.Some.StartsWith("ldind.i4 [0] load checked"));

    private static string[] Lines(string source) => CSharpFixture.Compile($"unsafe class C {{ {source} }}").Decisions("M").Split('\n');
}
