using MemSentry.Analysis.Options;
using MemSentry.Analysis.Tests.Fixtures;

namespace MemSentry.Analysis.Tests.Provenance;

/// <summary>What the option <c>Trust</c> makes of a proof about a raw pointer.</summary>
[TestFixture]
internal sealed class PointerTrustTests
{
    private const string Calls = "static void F() => GC.KeepAlive(null); ";

    [TestCase(PointerTrust.Leaf, "checked: HeldAcrossCall", TestName = "leaf keeps the check: the callee may have spilled the pointer")]
    [TestCase(PointerTrust.Frame, "proven: StackAllocation", TestName = "frame leaves the check out: the pointer stayed in this frame")]
    [TestCase(PointerTrust.None, "checked: HeldAcrossCall", TestName = "none keeps the check behind a call")]
    public void Stack_memory_across_a_call(PointerTrust trust, string expected) =>
        Assert.That(Last(Calls + "static int M() { int* p = stackalloc int[4]; F(); return *p; }", trust), Is.EqualTo("ldind.i4 [0] load " + expected));

    [TestCase(PointerTrust.Leaf, "proven", TestName = "leaf leaves the check out: there is no call in between")]
    [TestCase(PointerTrust.Frame, "proven", TestName = "frame leaves the check out: there is no call in between")]
    [TestCase(PointerTrust.None, "checked", TestName = "none keeps the check: a raw pointer is no proof of itself")]
    public void Stack_memory_without_a_call(PointerTrust trust, string expected) =>
        Assert.That(Last("static int M() { int* p = stackalloc int[4]; return *p; }", trust), Is.EqualTo($"ldind.i4 [0] load {expected}: StackAllocation"));

    [TestCase(PointerTrust.Leaf, "checked checked withinreach", TestName = "leaf checks once on each side of a call")]
    [TestCase(PointerTrust.Frame, "checked checked withinreach", TestName = "frame checks once on each side of a call")]
    [TestCase(PointerTrust.None, "checked checked checked", TestName = "none checks every use")]
    public void Uses_of_a_pointer_parameter(PointerTrust trust, string expected)
    {
        string[] lines = Lines(Calls + "static int M(int* p) { int a = *p; F(); return a + *p + *p; }", trust);

        Assert.That(lines, Is.EqualTo(expected.Split(' ').Select(v => $"ldind.i4 [0] load {v}: PointerParameter")));
    }

    [TestCase("static int M(int* q) { int* p = stackalloc int[4]; try { F(); p = q; F(); } catch { return *p; } return 0; }",
        TestName = "frame keeps the check: the try block may have assigned the pointer")]
    [TestCase("static int M(long n) { int* p = stackalloc int[4]; F(); return p[n]; }", TestName = "frame keeps the check: the pointer was moved by 64 bits")]
    [TestCase("static int M() { int* p = stackalloc int[4]; G(&p); return *p; } static void G(int** p) { }", TestName = "frame keeps the check: the variable's own address was taken")]
    [TestCase("static int* R() => null; static int M() { int* p = R(); F(); return *p; }", TestName = "frame keeps the check: the callee chose the pointer")]
    public void Frame_keeps(string source) => Assert.That(Lines(Calls + source, PointerTrust.Frame), Has.Some.StartsWith("ldind.i4 [0] load checked"));

    [TestCase(PointerTrust.Leaf, "checked: HeldAcrossCall")]
    [TestCase(PointerTrust.Frame, "proven: StackAllocation")]
    public void A_handler_is_entered_like_the_way_back_from_a_call(PointerTrust trust, string expected) =>
        Assert.That(Last(Calls + "static int M() { int* p = stackalloc int[4]; try { F(); } catch { return *p; } return 0; }", trust), Is.EqualTo("ldind.i4 [0] load " + expected));

    [TestCase("static int M(ref int r) { F(); return r; }", "ldind.i4 [0] load proven: ReferenceParameter", TestName = "none leaves the check out: the reference stands by its contract")]
    [TestCase("static void M(int[] a) { ref int r = ref a[1]; F(); r = 3; }", "stind.i4 [1] store proven: ArrayElement", TestName = "none leaves the check out: the reference leads into an array")]
    [TestCase("static Action M() => F;", "newobj [0] escape proven: MemberEntry", TestName = "none leaves the check out: the runtime made the entry of the member")]
    public void None_leaves_out(string source, string expected) => Assert.That(Lines(Calls + source, PointerTrust.None), Has.Some.EqualTo(expected));

    [TestCase("static ref int M() { int* p = stackalloc int[4]; return ref *p; }", "ret [0] conversion checked: StackAllocation", TestName = "none keeps the check: later code trusts the reference")]
    [TestCase("static int M() { int* p = stackalloc int[4]; return Marshal.ReadInt32((nint)p); }", "call [0] load checked: StackAllocation", TestName = "none keeps the check: a callee reads from the pointer")]
    public void None_keeps(string source, string expected) => Assert.That(Lines(source, PointerTrust.None), Has.Some.EqualTo(expected));

    private static string Last(string source, PointerTrust trust) => Lines(source, trust)[^1];

    private static string[] Lines(string source, PointerTrust trust) =>
        CSharpFixture.Compile($"unsafe class C {{ {source} }}").Decisions("M", new WeaverOptions { Trust = trust }).Split('\n');
}
