using MemSentry.Analysis.Options;
using MemSentry.Analysis.Tests.Fixtures;

namespace MemSentry.Analysis.Tests.Planning;

/// <summary>Which operands the method <c>sfi</c> masks, and which it compares.</summary>
[TestFixture]
internal sealed class MaskedAccessTests
{
    [TestCase("static int M(int* p) => *p;", "ldind.i4 [0] load masked: PointerParameter")]
    [TestCase("static void M(int* p) => *p = 1;", "stind.i4 [1] store masked: PointerParameter")]
    [TestCase("struct S { public int A; } static int M(S* p) => p->A;", "ldfld [0] load masked: PointerParameter")]
    [TestCase("struct S { public T In; } struct T { public int F; } static int M(S* s) => s->In.F;", "ldfld [0] load masked: FieldOfUntrusted")]
    [TestCase("static int M(int* p) { ref int r = ref *p; return r; }", "ldind.i4 [0] load checked: PointerParameter", TestName = "A managed reference is compared")]
    [TestCase("ref struct S { public ref int R; } static int M(S s) => s.R;", "ldind.i4 [0] load checked: LoadedFromMemory", TestName = "A reference out of a field is compared")]
    [TestCase("static ref int M(int* p) => ref *p;", "ret [0] conversion checked: PointerParameter", TestName = "A conversion is compared")]
    [TestCase("static int M(int* p) => Marshal.ReadInt32((nint)p);", "call [0] load checked: PointerParameter", TestName = "A pointer that a callee reads from is compared")]
    [TestCase("static int M(delegate*<int*, int> f, int* p) => f(p);", "calli [1] escape checked: PointerParameter", TestName = "A pointer that leaves woven code is compared")]
    [TestCase("static int M() { int* p = stackalloc int[4]; return *p; }", "ldind.i4 [0] load proven: StackAllocation", TestName = "An anchor stays as it is")]
    [TestCase("static int M(int* p) { MemSentryMarkers.SafeRegionAccess(); return *p; }", "ldind.i4 [0] load trusted: PointerParameter", TestName = "A marked access stays as it is")]
    public void Decides(string source, string expected) => Assert.That(Decisions(source, new WeaverOptions { ProtMethod = ProtectionMethod.Sfi }), Is.EqualTo(expected));

    [Test]
    public void A_load_and_a_store_of_a_structure_are_masked() =>
        Assert.That(
            Decisions("struct S { public long A, B, C; } static void M(S* p, S* q) => *p = *q;", new WeaverOptions { ProtMethod = ProtectionMethod.Sfi }),
            Is.EqualTo("ldobj [0] load masked: PointerParameter\nstobj [1] store masked: PointerParameter"));

    [TestCase(CheckedAccesses.Read, "ldind.i4 [0] load masked: PointerParameter\nstind.i4 [1] store notselected: PointerParameter")]
    [TestCase(CheckedAccesses.Write, "ldind.i4 [0] load notselected: PointerParameter\nstind.i4 [1] store masked: PointerParameter")]
    public void Only_what_is_selected_is_masked(CheckedAccesses rw, string expected) =>
        Assert.That(Decisions("static void M(int* p, int* q) => *p = *q;", new WeaverOptions { ProtMethod = ProtectionMethod.Sfi, Rw = rw }), Is.EqualTo(expected));

    [Test]
    public void Without_trust_anchors_are_masked_too() =>
        Assert.That(
            Decisions("static int M() { int* p = stackalloc int[4]; return *p; }", new WeaverOptions { ProtMethod = ProtectionMethod.Sfi, Trust = PointerTrust.None }),
            Is.EqualTo("ldind.i4 [0] load masked: StackAllocation"));

    private static string Decisions(string source, WeaverOptions options) => CSharpFixture.Compile($"unsafe class C {{ {source} }}").Decisions("M", options);
}
