using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Tests.Fixtures;

namespace MemSentry.Analysis.Tests.Trust;

/// <summary>What <c>[AcceptsSafeRegion]</c> on a parameter of a whitelisted member lets callers pass without a check, and what not.</summary>
[TestFixture]
internal sealed class AcceptedRegionTests
{
    [TestCase("[SafeRegionAccess] static void T([AcceptsSafeRegion] int* p) { } static void M(int* p) => T(p);", "", TestName = "accepts a pointer")]
    [TestCase("[SafeRegionAccess] static void T([AcceptsSafeRegion] nint p) { } static void M(nint p) => T(p);", "", TestName = "accepts a native integer")]
    [TestCase("[SafeRegionAccess] static void T([AcceptsSafeRegion] ref int p) { } static void M(int* p) => T(ref *p);", "", TestName = "accepts a reference")]
    [TestCase("class T { [SafeRegionAccess] public T([AcceptsSafeRegion] int* p) { } } static void M(int* p) => new T(p);", "", TestName = "accepts a pointer in a constructor")]
    [TestCase("[SafeRegionAccess] static void T(int* q, [AcceptsSafeRegion] int* p) { } static void M(int* p) => T(p, p);", "call [1] escape checked: PointerParameter",
        TestName = "keeps the check of a parameter that is not marked")]
    [TestCase("[SafeRegionAccess] static void T(int* p) { } static void M(int* p) => T(p);", "call [0] escape checked: PointerParameter", TestName = "keeps the check without the mark")]
    [TestCase("static void T([AcceptsSafeRegion] ref int p) { } static void M(int* p) => T(ref *p);", "call [0] conversion checked: PointerParameter",
        TestName = "keeps the check because the member is not whitelisted")]
    [TestCase("class A { [SafeRegionAccess] public virtual void T([AcceptsSafeRegion] int* p) { } } static void M(A a, int* p) => a.T(p);",
        "callvirt [0] escape checked: PointerParameter", TestName = "keeps the check because the member may be overridden")]
    [TestCase("interface I { void T([AcceptsSafeRegion] int* p); } static void M(I i, int* p) => i.T(p);", "callvirt [0] escape checked: PointerParameter",
        TestName = "keeps the check because anybody may implement the interface")]
    [TestCase("[SafeRegionAccess] static void T([AcceptsSafeRegion] int* p) { } static void M(delegate*<int*, void> f, int* p) => f(p);", "calli [1] escape checked: PointerParameter",
        TestName = "keeps the check because the pointer may lead anywhere")]
    public void Decides(string source, string expected)
    {
        string decisions = CSharpFixture.Compile($"unsafe class C {{ {source} }}").Decisions("M");

        Assert.That(decisions.Split('\n').Where(l => !l.Contains("MemberEntry", StringComparison.Ordinal)), expected.Length == 0 ? Has.None.Contains("PointerParameter") : Has.Some.EqualTo(expected));
    }

    [Test]
    public void The_members_own_accesses_are_checked_as_before()
    {
        CSharpFixture fixture = CSharpFixture.Compile("unsafe class C { static int M([AcceptsSafeRegion] int* p) => *p; }");

        Assert.That(fixture.Decisions("M"), Is.EqualTo("ldind.i4 [0] load checked: PointerParameter"));
    }

    [TestCase("static void T([AcceptsSafeRegion] int* p) { }", "the member is not whitelisted")]
    [TestCase("[SafeRegionAccess] static void T([AcceptsSafeRegion] Span<int> p) { }", "it is no pointer, native integer or managed reference")]
    public void A_mark_without_effect_is_a_warning(string source, string why)
    {
        CSharpFixture fixture = CSharpFixture.Compile($"unsafe class C {{ {source} }}");
        fixture.Plan(new WeaverOptions());

        Assert.That(fixture.Diagnostics.Select(d => (d.Id, d.Severity)), Is.EqualTo(new[] { (DiagnosticId.AcceptsSafeRegionIdle, DiagnosticSeverity.Warning) }));
        Assert.That(fixture.Diagnostics[0].Message, Does.Contain("'p'").And.Contains("C::T").And.Contains(why));
    }
}
