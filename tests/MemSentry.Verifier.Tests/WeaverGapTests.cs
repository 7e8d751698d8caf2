using MemSentry.Verifier.Tests.Fixtures;

namespace MemSentry.Verifier.Tests;

/// <summary>
/// Code that the weaver leaves without a check today although nothing proves it, and that the verifier therefore rejects. When the weaver learns one, the
/// test fails: then turn it into a line of <see cref="Sources.Everything"/>, which has to be accepted.
/// </summary>
[TestFixture]
internal sealed class WeaverGapTests
{
    private const string RefStruct = "ref struct R { public ref int Ref; }";

    [TestCase("static int M(R* p) { R r = *p; return r.Ref; }", VerifierCode.ReferencesFromNowhere, TestName = "Structure_with_references_read_through_a_pointer")]
    [TestCase("static int M(Span<int>* p) { Span<int> s = *p; return s.Length; }", VerifierCode.ReferencesFromNowhere, TestName = "Span_read_through_a_pointer")]
    [TestCase("static int M(R r, long address) { *(long*)&r = address; return r.Ref; }", VerifierCode.ReferencesFromNowhere, TestName = "Number_written_over_a_reference")]
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
