using MemSentry.Verifier;
using MemSentry.Windows.Naive;

namespace MemSentry.Windows.Tests;

/// <summary>What breaks the program is what the verifier rejects, without having seen it run.</summary>
[TestFixture("mprotect")]
[TestFixture("crypt")]
[TestFixture("mpk")]
public sealed class VerifierTests(string method)
{
    private static IEnumerable<TestCaseData> Naive() =>
    [
        Case(NaiveVersion.WithoutSuspension, VerifierCode.WindowLeftOpen),
        Case(NaiveVersion.WithoutOwnWindows, VerifierCode.TwinExposed),
        Case(NaiveVersion.OnlyFinally, VerifierCode.GateAltered),
        Case(NaiveVersion.WithoutStaticConstructors, VerifierCode.GateAltered),
        Case(NaiveVersion.WithoutClose, VerifierCode.GateAltered),
        Case(NaiveVersion.WithoutAssertion, VerifierCode.TwinExposed),
        Case(NaiveVersion.WithoutChecks, VerifierCode.GateAltered),
    ];

    private static TestCaseData Case(NaiveVersion version, VerifierCode code) => new TestCaseData(version, code).SetArgDisplayNames(version.Name);

    [Test]
    public void The_whole_program_is_proven()
    {
        VerificationReport report = Verify(WindowProgram.Whole(method));

        Assert.That(report.Findings, Is.Empty);
        Assert.That(report.Obligations, Is.GreaterThan(80));
    }

    [TestCaseSource(nameof(Naive))]
    public void A_naive_one_is_rejected(NaiveVersion version, VerifierCode code) =>
        Assert.That(Verify(Copies.Of(method, version)).Findings.Select(f => f.Code), Does.Contain(code));

    private static VerificationReport Verify(string assembly) => AssemblyVerification.Run(new(assembly, [Path.GetDirectoryName(assembly)!]));
}
