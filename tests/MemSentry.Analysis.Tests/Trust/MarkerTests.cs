using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Tests.Fixtures;
using Microsoft.CodeAnalysis;

namespace MemSentry.Analysis.Tests.Trust;

[TestFixture(OptimizationLevel.Debug)]
[TestFixture(OptimizationLevel.Release)]
internal sealed class MarkerTests(OptimizationLevel level)
{
    [Test]
    public void Marker_allows_the_next_access_and_no_other()
    {
        CSharpFixture fixture = Compile("static int M(int* p) { MemSentryMarkers.SafeRegionAccess(); int a = *p; return a + *p; }");

        Assert.That(fixture.Decisions("M"), Is.EqualTo("ldind.i4 [0] load trusted: PointerParameter\nldind.i4 [0] load checked: PointerParameter"));
    }

    [Test]
    public void Marker_skips_accesses_that_are_proven()
    {
        CSharpFixture fixture = Compile("struct S { public int* P; public int M() { MemSentryMarkers.SafeRegionAccess(); return *P; } }");

        Assert.That(fixture.Decisions("M"), Is.EqualTo("ldfld [0] load proven: ReferenceParameter\nldind.i4 [0] load trusted: LoadedFromMemory"));
    }

    [Test]
    public void Marker_is_planned_for_removal_and_its_position_recorded()
    {
        CSharpFixture fixture = Compile("static int M(int* p) { MemSentryMarkers.SafeRegionAccess(); return *p; }");
        MemberPlan plan = fixture.Plan().Members.Single(p => p.Method.Name == "M");

        Assert.That(plan.Markers, Has.Length.EqualTo(1));
        Assert.That(plan.TrustedOffsets, Is.EqualTo(plan.Decisions.Where(d => d.Verdict == AccessVerdict.Trusted).Select(d => d.Offset)));
    }

    [TestCase("static int M(int* p, bool b) { MemSentryMarkers.SafeRegionAccess(); if (b) return 1; return *p; }", TestName = "a branch lies between")]
    [TestCase("static int M(int* p) { int a = *p; MemSentryMarkers.SafeRegionAccess(); return a; }", TestName = "nothing follows")]
    [TestCase("static int M(int* p) { MemSentryMarkers.SafeRegionAccess(); MemSentryMarkers.SafeRegionAccess(); return *p; }", TestName = "another marker follows")]
    public void Marker_without_its_access_is_an_error(string source)
    {
        CSharpFixture fixture = Compile(source);
        fixture.Plan();

        Assert.That(fixture.Diagnostics.Select(d => d.Id), Is.EqualTo(new[] { DiagnosticId.MarkerWithoutAccess }));
        Assert.That(fixture.Diagnostics[0].Message, Does.Contain("C::M"));
    }

    private CSharpFixture Compile(string source) => CSharpFixture.Compile($"unsafe class C {{ {source} }}", level);
}
