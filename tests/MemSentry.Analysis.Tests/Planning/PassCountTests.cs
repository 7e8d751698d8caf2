using MemSentry.Analysis.Options;
using MemSentry.Analysis.Tests.Fixtures;

namespace MemSentry.Analysis.Tests.Planning;

/// <summary>How many checks each kind of proof leaves out, moves or merges.</summary>
[TestFixture]
internal sealed class PassCountTests
{
    [TestCase("int M(int* p) => *p", "", TestName = "Nothing where each access is checked")]
    [TestCase("int M(int* p, int i, int k) => p[i] + p[k]", "Displacement 1", TestName = "Displacement where one check serves two")]
    [TestCase("int M() { int x; int* p = &x; *(p + 1) = 3; return p[1]; }", "Displacement 2", TestName = "Displacement where a variable of its own is the start")]
    [TestCase("void M(byte* p, int n) { while (n-- > 0) { p[0] = 0; p[1] = 1; p += 2; } }", "Evidence 1, Hoisting 1", TestName = "Evidence where the last store proves the next round, hoisting where the loop is entered")]
    [TestCase("int M(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += p[i]; return s; }", "Hoisting 1", TestName = "Hoisting where a loop checks on the way in")]
    public void With_compares(string member, string expected) => Counts(member, expected, new WeaverOptions());

    [TestCase("int M(int* p, int i) => p[i]", "MaskedBases 1", TestName = "The mask goes to the base")]
    [TestCase("int M(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += p[i]; return s; }", "MaskedBases 1", TestName = "The mask leaves the loop with the base")]
    public void With_masks(string member, string expected) => Counts(member, expected, new WeaverOptions { ProtMethod = ProtectionMethod.Sfi });

    [TestCase(PlanningPass.Hoisting, "")]
    [TestCase(PlanningPass.Displacement, "")]
    [TestCase(PlanningPass.Evidence, "Hoisting 1")]
    public void A_pass_that_is_disabled_counts_nothing(PlanningPass disabled, string expected) =>
        Counts("int M(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += p[i]; return s; }", expected, new WeaverOptions { DisabledPass = disabled });

    private static void Counts(string member, string expected, WeaverOptions options)
    {
        string code = member.EndsWith('}') ? member : member + ";";
        IReadOnlyDictionary<PlanningPass, int> passes = CSharpFixture.Compile($"unsafe class C {{ static {code} }}").Plan(options).Statistics.Passes;

        Assert.That(passes.Keys, Is.EqualTo(Enum.GetValues<PlanningPass>()));
        Assert.That(string.Join(", ", passes.Where(p => p.Value > 0).Select(p => $"{p.Key} {p.Value}").Order(StringComparer.Ordinal)), Is.EqualTo(expected));
    }
}
