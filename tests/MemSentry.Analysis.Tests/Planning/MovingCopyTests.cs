using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Tests.Fixtures;

namespace MemSentry.Analysis.Tests.Planning;

/// <summary>
/// Masked copies that move with their variables under <c>sfi</c>: for each the number of masks at the entry, at stores and behind calls, and of steps; then how many accesses go
/// through copies, and how many loads are made volatile for it.
/// </summary>
[TestFixture]
internal sealed class MovingCopyTests
{
    private const string Types = "static void F() => GC.KeepAlive(null); static void G(byte** p) { } ";

    [TestCase("static void M(byte* p, int n) { for (; n > 0; n--) *p++ = 1; }", "1,0,0,1 uses 1 kept 0", TestName = "moves a copy: a store that is executed in any case")]
    [TestCase("static int M(byte* p, int n) { int s = 0; for (; n > 0; n--) s += *p++; return s; }", "1,0,0,1 uses 1 kept 1", TestName = "moves a copy: a load that is made to be executed")]
    [TestCase("static int M(byte* p) { int s = 0; while (*p++ != 0) s++; return s; }", "1,0,0,1 uses 1 kept 0", TestName = "moves a copy: a load that decides whether the loop goes on")]
    [TestCase("static void M(byte* p, byte* q, int n) { for (; n > 0; n--) *p++ = *q++; }", "1,0,0,1 1,0,0,1 uses 2 kept 1", TestName = "moves a copy: of both ends of a copy")]
    [TestCase("static void M(int* p, int n) { for (; n > 0; n--) { p[0] = 1; p[1] = 2; p += 2; } }", "1,0,0,1 uses 2 kept 0", TestName = "moves a copy: for two accesses and one step")]
    [TestCase("static void M(byte* p, byte* end) { for (; end != p; ) *--end = 1; }", "1,0,0,1 uses 1 kept 0", TestName = "moves a copy: backwards")]
    [TestCase("static void M(byte* p, byte* q, int n) { for (; n > 0; n--) { p[0] = 1; p[1] = 2; p += 2; if (n == 3) p = q; } }", "1,1,0,1 uses 2 kept 0", TestName = "moves a copy: masked again where the variable gets another pointer")]
    [TestCase("static void M(byte* p, int n) { for (; n > 0; n--) { p[0] = 1; p[1] = 2; p += 2; if (n == 3) F(); } }", "1,0,1,1 uses 2 kept 0", TestName = "moves a copy: masked again behind a call")]
    public void Moves_a_copy(string source, string expected) => Assert.That(Copies(source), Is.EqualTo(expected));

    [TestCase("static void M(byte* p, int n) { for (; n > 0; n--) { p += 1000; if (n == 3) *p = 1; } }", TestName = "keeps masks when steps add up where nothing is accessed")]
    [TestCase("static void M(byte* p, int n, int k) { for (; n > 0; n--) { *p = 1; p += k; } }", TestName = "keeps masks when it is not known how far a step goes")]
    [TestCase("static void M(byte* p, int n) { for (; n > 0; n--) { *p = 1; p += 5000; } }", TestName = "keeps masks when a step is a long one")]
    [TestCase("static int M(byte* p, int n) { int s = 0; for (int i = 0; i < n; i++) { s += p[i]; p++; } return s; }", TestName = "keeps masks when an index is added to the variable")]
    [TestCase("static void M(byte* p, int n) { G(&p); for (; n > 0; n--) *p++ = 1; }", TestName = "keeps masks when the address of the variable was taken, through which others may change it")]
    [TestCase("static void M(byte* p, int n) { try { for (; n > 0; n--) *p++ = 1; } finally { F(); } }", TestName = "keeps masks when there are protected blocks")]
    [TestCase("static void M(byte* p, int n) { for (; n > 0; n--) { F(); *p++ = 1; } }", TestName = "keeps masks when the copy would be masked as often as it is used")]
    [TestCase("static void M(nint p, int n) { for (; n > 0; n--) { p++; if (n == 3) *(byte*)p = 1; } }", TestName = "keeps masks when a number is only counted, and becomes an address now and then")]
    public void Keeps_masks(string source) => Assert.That(Copies(source), Is.EqualTo("uses 0 kept 0"));

    [TestCase("masked-bases")]
    [TestCase("displacement")]
    public void The_pass_can_be_left_out(string pass) =>
        Assert.That(Copies("static void M(byte* p, int n) { for (; n > 0; n--) *p++ = 1; }", Sfi with { DisabledPass = OptionCatalog.Parse([new("DisablePass", pass)], []).DisabledPass }), Is.EqualTo("uses 0 kept 0"));

    [Test]
    public void Without_trust_nothing_moves() => Assert.That(Copies("static void M(byte* p, int n) { for (; n > 0; n--) *p++ = 1; }", Sfi with { Trust = PointerTrust.None }), Is.EqualTo("uses 0 kept 0"));

    [Test]
    public void Accesses_that_are_not_selected_stay_what_they_are() =>
        Assert.That(Copies("static void M(byte* p, byte* q, int n) { for (; n > 0; n--) *p++ = *q++; }", Sfi with { Rw = CheckedAccesses.Write }), Is.EqualTo("1,0,0,1 uses 1 kept 0"));

    private static WeaverOptions Sfi => new() { ProtMethod = ProtectionMethod.Sfi };

    private static string Copies(string source, WeaverOptions? options = null)
    {
        MemberPlan plan = CSharpFixture.Compile($"unsafe class C {{ {Types} {source} }}").Plan(options ?? Sfi).All.Single(p => p.Method.Name == "M");
        return string.Join(' ', (string[])
        [
            .. plan.MaskedCopies.Where(c => !c.Steps.IsEmpty).Select(c => $"{(c.AtEntry ? 1 : 0)},{c.Stores.Length},{c.Calls.Length},{c.Steps.Length}"),
            $"uses {plan.Checks.SelectMany(c => c.Operands).SelectMany(o => o.Checks).Count(c => c.Form == CheckForm.MaskedCopy)}",
            $"kept {plan.KeptLoads.Length}",
        ]);
    }
}
