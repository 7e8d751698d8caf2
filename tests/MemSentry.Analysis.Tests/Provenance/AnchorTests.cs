using MemSentry.Analysis.Tests.Fixtures;

namespace MemSentry.Analysis.Tests.Provenance;

/// <summary>Addresses that need no check, one case an anchor.</summary>
[TestFixture]
internal sealed class AnchorTests
{
    [TestCase("static int M() { int x = 1; int* p = &x; return *p; }", "ldind.i4 [0] load proven: LocalVariable")]
    [TestCase("static int M(int x) { int* p = &x; return *p; }", "ldind.i4 [0] load proven: Argument")]
    [TestCase("static void M(int[] a) { ref int r = ref a[1]; r = 3; }", "stind.i4 [1] store proven: ArrayElement")]
    [TestCase("static void M(int[,] a) { ref int r = ref a[1, 2]; r = 3; }", "stind.i4 [1] store proven: ArrayElement")]
    [TestCase("int f; static void M(C c) { ref int r = ref c.f; r = 3; }", "stind.i4 [1] store proven: ObjectField")]
    [TestCase("static int s; static void M() { ref int r = ref s; r = 3; }", "stind.i4 [1] store proven: StaticField")]
    [TestCase("static int M() { int* p = stackalloc int[4]; return *p; }", "ldind.i4 [0] load proven: StackAllocation")]
    [TestCase("static int M(ref int r) => r;", "ldind.i4 [0] load proven: ReferenceParameter")]
    [TestCase("static int M(Span<int> s) => s[1];", "ldind.i4 [0] load proven: ApiResult")]
    [TestCase("struct S { public T In; } struct T { public U In; } struct U { public int F; } static int M(ref S s) => s.In.In.F;", "ldfld [0] load proven: AnchoredField")]
    [TestCase("struct S { public int F; public int M() => F; }", "ldfld [0] load proven: ReferenceParameter")]
    [TestCase("static int M(int[] a) => F(a); static ref int F(int[] a) => ref a[0]; static int M2(int[] a) => 0; static int G(int[] a) => F(a);",
        "ldind.i4 [0] load proven: ReferenceResult")]
    [TestCase("struct S { public T In; } struct T { public int F; } static int M(ref S s) => s.In.F;", "ldfld [0] load proven: AnchoredField")]
    [TestCase("static int M(int[] a, int[] b, bool c) { ref int r = ref a[0]; if (c) r = ref s; return r; } static int s;", "ldind.i4 [0] load proven: SeveralAnchors")]
    public void Proves(string source, string expected)
    {
        string decisions = CSharpFixture.Compile($"unsafe class C {{ {source} }}").Decisions("M");

        Assert.That(decisions.Split('\n'), Does.Contain(expected));
        Assert.That(decisions, Does.Not.Contain("checked"));
    }

    [Test]
    public void Proves_a_pinned_array_until_the_next_call()
    {
        CSharpFixture fixture = CSharpFixture.Compile("""
            unsafe class C
            {
                static int M(int[] a) { fixed (int* p = &a[0]) { int x = *p; F(); return x + *p; } }
                static void F() => GC.KeepAlive(null);
            }
            """);

        Assert.That(fixture.Decisions("M"), Is.EqualTo("ldind.i4 [0] load proven: ArrayElement\nldind.i4 [0] load checked: HeldAcrossCall"));
    }
}
