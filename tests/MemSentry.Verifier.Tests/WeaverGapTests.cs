using MemSentry.Verifier.Tests.Fixtures;

namespace MemSentry.Verifier.Tests;

/// <summary>
/// Code that the weaver leaves without a check today although nothing proves it, and that the verifier therefore rejects. When the weaver learns one, the
/// test fails: then turn it into a line of <see cref="Sources.Everything"/>, which has to be accepted.
/// </summary>
[TestFixture]
internal sealed class WeaverGapTests
{
    private const string RefStruct = "ref struct R { public ref int Ref; } static void Callee(ref int r) => r++;";

    [TestCase("static int M(R* p) { R r = *p; return r.Ref; }", VerifierCode.ReferencesFromNowhere, TestName = "Structure_with_references_read_through_a_pointer")]
    [TestCase("static int M(Span<int>* p) => (*p).Length;", VerifierCode.ReferencesFromNowhere, TestName = "Span_read_through_a_pointer")]
    [TestCase("static int M(long address) { R* p = (R*)&address; return p->Ref; }", VerifierCode.AccessNotProven, TestName = "Number_read_as_a_reference_through_its_own_address")]
    [TestCase("""
        struct Large { public fixed byte Gap[1 << 26]; public int Last; }
        static void M(ref Large l) { fixed (int* p = &l.Last) { ref Large next = ref *(Large*)p; if (next.Last == 0) M(ref next); } }
        """, VerifierCode.ConversionNotProven, TestName = "Recursion_that_walks_by_a_field_through_a_retyped_pointer")]
    [TestCase("""
        interface I { static virtual ref int Get() => ref s_field; private static int s_field; }
        static void M<T>() where T : I => Callee(ref T.Get());
        """, VerifierCode.ConversionNotProven, TestName = "Reference_from_a_static_virtual_member_that_may_be_implemented_elsewhere")]
    public void Is_rejected(string source, VerifierCode expected)
    {
        using var work = new Workplace();
        string woven = work.Weave(work.Compile($"public static unsafe class C {{ {RefStruct} {source} }}", Microsoft.CodeAnalysis.OptimizationLevel.Debug));

        Finding[] findings = [.. Workplace.Verify(woven).Findings];

        TestContext.Out.WriteLine(string.Join('\n', findings.AsEnumerable()));
        Assert.That(findings.Select(f => f.Code), Does.Contain(expected));
        Assert.That(findings[0].Position, Is.Not.Null);
        Assert.That(findings[0].ToString(), Does.StartWith("/src/Fixture.cs("));
    }
}
