using MemSentry.Analysis.Options;
using MemSentry.Analysis.Tests.Fixtures;

namespace MemSentry.Analysis.Tests.Planning;

/// <summary>What the option <c>NoOptimize</c> checks in spite of proofs.</summary>
[TestFixture]
internal sealed class NoOptimizeTests
{
    [TestCase(ProtectionMethod.Mpx, "ldind.i4 [0] load checked: StackAllocation")]
    [TestCase(ProtectionMethod.Sfi, "ldind.i4 [0] load masked: StackAllocation")]
    public void A_proven_pointer_is_checked(ProtectionMethod method, string expected) =>
        Assert.That(Decisions("static int M() { int* p = stackalloc int[4]; return *p; }", method), Is.EqualTo(expected));

    [TestCase("static int M(ref int r) => r;", "ldind.i4 [0] load proven: ReferenceParameter", TestName = "A reference stands by its contract")]
    public void Stays_as_it_is(string source, string expected) => Assert.That(Decisions(source, ProtectionMethod.Mpx), Is.EqualTo(expected));

    private static string Decisions(string source, ProtectionMethod method) =>
        CSharpFixture.Compile($"unsafe class C {{ {source} }}").Decisions("M", new WeaverOptions { ProtMethod = method, NoOptimize = true });
}
