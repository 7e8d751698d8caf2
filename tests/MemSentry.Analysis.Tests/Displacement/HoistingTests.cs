using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Tests.Fixtures;

namespace MemSentry.Analysis.Tests.Displacement;

/// <summary>Which loops are given an entry where what they access is checked once, and which must not.</summary>
[TestFixture]
internal sealed class HoistingTests
{
    private const string Types = "struct S { public int Key, Value; } static void F() => GC.KeepAlive(null); static int G() => Environment.ProcessId; ";

    [TestCase("static int M(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += p[i]; return s; }", 1, "withinreach", TestName = "hoists: an array over a base that stays")]
    [TestCase("static void M(int* p, int* q, int n) { for (int i = 0; i < n; i++) p[i] = q[i]; }", 1, "withinreach withinreach", TestName = "hoists: both sides of a copy by index")]
    [TestCase("static void M(byte* p, byte* q, int n) { while (n-- > 0) *p++ = *q++; }", 1, "withinreach withinreach", TestName = "hoists: a copy whose pointers move")]
    [TestCase("static byte* M(byte* p) { while (*p != 0) p++; return p; }", 1, "withinreach", TestName = "hoists: a load that decides whether the loop goes on")]
    [TestCase("static byte* M(byte* p, byte* end) { while (p < end && *p != 10) p++; return p; }", 1, "withinreach", TestName = "hoists: such a load behind another test")]
    [TestCase("static void M(byte* p, int n) { while (n-- > 0) *p++ = 0; }", 1, "withinreach", TestName = "hoists: a store that moves")]
    [TestCase("static int M(int* p, int n) { int s = 0; do s += p[n]; while (--n > 0); return s; }", 1, "withinreach", TestName = "hoists: a loop without a test at its beginning")]
    [TestCase("static int M(int* p, int a, int n) { int s = 0; if (a > 1 || a < -1) while (s < n) s += p[s]; return s; }", 1, "withinreach", TestName = "hoists: a loop with two ways in")]
    [TestCase("static int M(int* p, int n) { int s = 0; for (int y = 0; y < n; y++) for (int x = 0; x < n; x++) s += p[x * y]; return s; }", 1, "withinreach", TestName = "hoists: the inner of two loops")]
    [TestCase("static int M(S* p, int n) { int i = G() & n; while (p[i].Key != 0) i = (i + 1) & n; return i; }", 1, "withinreach", TestName = "hoists: an index under a mask, though the mask was alive across a call")]
    [TestCase("static int M(int* p, int n) { int s = 0; try { for (int i = 0; i < n; i++) s += p[i]; } finally { F(); } return s; }", 1, "withinreach", TestName = "hoists: inside one protected region")]
    public void Hoists(string source, int entries, string expected) => AssertPlan(source, entries, expected);

    [TestCase("static int M(byte* p, int n) { int s = 0; for (; n > 0; n--) { s += *p; p += 1000; } return s; }", "withinreach", TestName = "makes volatile: a load that nobody may need")]
    [TestCase("static int M(byte* p, int n) { int s = 0; while (n-- > 0) { if (*p == 5) s++; p++; } return s; }", "withinreach", TestName = "makes volatile: a load by which both ways behind the branch stay in the loop")]
    [TestCase("static byte* M(byte* p) { while (*p != 300) p++; return p; }", "withinreach", TestName = "makes volatile: a load that is compared with what no byte can be")]
    [TestCase("static byte* M(byte* p) { while (*p >= 0) p++; return p; }", "withinreach", TestName = "makes volatile: a load that passes every test")]
    [TestCase("static byte* M(byte* p, byte x) { while (*p != x) p++; return p; }", "withinreach", TestName = "makes volatile: a load that is compared with what may be the same load")]
    [TestCase("static int M(byte* p, byte* end) { int s = 0; while (p < end) { int x = *p++; if (x > 127) x = (x << 6) | *p++; s += x; } return s; }", "withinreach withinreach", TestName = "makes volatile: loads of which one comes under a condition")]
    [TestCase("static long M(long* p, int n) { long s = 0; for (; n > 3; n -= 4) { s += p[0] ^ p[1]; p += 4; } return s; }", "withinreach withinreach", TestName = "makes volatile: only the first of two loads, because the second is within reach of it")]
    [TestCase("static int M(byte* p, byte* q, byte* end) { int s = 0; while (p < end) { byte x = *p++; if (x > 127) *q++ = x; s += x; } return s; }", "withinreach checked", TestName = "makes volatile: a load beside a store that is not certain")]
    public void Makes_volatile(string source, string expected)
    {
        AssertPlan(source, 1, expected);
        Assert.That(KeptLoads(source), Is.EqualTo(1));
    }

    [TestCase("static int M(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += p[i]; return s; }", TestName = "leaves a load: its pointer does not move")]
    [TestCase("static int M(byte* p, int k, int n) { int s = 0; for (; n > 0; n--) { s += *p; p += k; } return s; }", TestName = "leaves a load: nobody knows how far its pointer moves")]
    [TestCase("static int M(byte* p, int n) { int s = 0; for (; n > 0; n--) { s += *p; p += 5000; } return s; }", TestName = "leaves a load: its pointer moves far")]
    [TestCase("static int M(byte* p, int n) { int s = 0; for (; n > 0; n--) { s += *p++; F(); } return s; }", TestName = "leaves a load: a call comes before the next round, so it has to be checked all the same")]
    [TestCase("static int M(byte* p, bool b, int n) { int s = 0; for (; n > 0; n--) { if (b) s += *p++; } return s; }", TestName = "leaves a load: nobody knows whether the first round executes it")]
    [TestCase("static byte* M(byte* p) { while (*p != 0) p++; return p; }", TestName = "leaves a load: it is needed in any case")]
    public void Leaves_loads(string source) => Assert.That(KeptLoads(source), Is.Zero);

    [Test]
    public void Without_evidence_no_load_becomes_volatile() =>
        Assert.That(KeptLoads("static int M(byte* p, int n) { int s = 0; for (; n > 0; n--) s += *p++; return s; }", new WeaverOptions { DisabledPass = PlanningPass.Evidence }), Is.Zero);

    [TestCase("static int M(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) if (i > 5) s += p[i]; return s; }", "checked", TestName = "keeps in the loop: an access under a condition is not certain")]
    [TestCase("static int M(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) { F(); s += p[i]; } return s; }", "checked", TestName = "keeps in the loop: a call comes first")]
    [TestCase("static int M(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) { s += p[i]; F(); } return s; }", "checked", TestName = "keeps in the loop: a call comes before the next round")]
    [TestCase("static void M(int n) { int* p = Q; for (int i = 0; i < n; i++) { Q = null; p[i] = 0; } } static int* Q;", "checked", TestName = "keeps in the loop: a static field comes first")]
    [TestCase("static void M(C c, int* p, int n) { for (int i = 0; i < n; i++) { c.I = i; p[i] = 0; } } int I;", "checked", TestName = "keeps in the loop: what a store before it did would not have happened")]
    [TestCase("static int M(int* p, long n) { int s = 0; for (long i = 0; i < n; i++) s += p[i]; return s; }", "checked", TestName = "keeps in the loop: an index of 64 bits")]
    [TestCase("static int M(void** p) { int n = 0; while (p != null) { p = (void**)*p; n++; } return n; }", "checked", TestName = "keeps in the loop: the next pointer comes from memory")]
    [TestCase("static void M(byte* p, byte* q, int k, int n) { while (n-- > 0) { *p = *q; p += k; q += k; } }", "checked withinreach", 1, TestName = "keeps in the loop: a copy whose pointers have not moved yet")]
    [TestCase("static int M(int* p, int n) { int s = 0, k = 0; try { for (int i = 0; i < n; i++) { k = i; s += p[i]; } } catch { return k; } return s; }", "checked", TestName = "keeps in the loop: a handler sees the variable that would not have been stored to")]
    [TestCase("static int M(int* p, int n) { int s = 0; int i = n; switch (n) { case 1: goto A; case 2: goto A; default: return 0; } A: do s += p[i]; while (--i > 0); return s; }", "checked", TestName = "keeps in the loop: a switch leads into it")]
    public void Keeps(string source, string expected, int entries = 0) => AssertPlan(source, entries, expected);

    [Test]
    public void The_copy_of_a_test_is_not_told_of() =>
        AssertPlan("static int M(int* p, int* q, int n) { int s = 0; while (q[s] < n) s += p[s]; return s; }", 1, "withinreach withinreach");

    [Test]
    public void A_member_is_planned_the_same_way_each_time()
    {
        CSharpFixture fixture = CSharpFixture.Compile($"unsafe class C {{ {Types} static void M(byte* p, byte* q, int n) {{ while (n-- > 0) *p++ = *q++; }} }}");

        Assert.That(fixture.Decisions("M", new WeaverOptions()), Is.EqualTo(fixture.Decisions("M", new WeaverOptions())));
    }

    [TestCase("hoisting")]
    [TestCase("displacement")]
    public void A_pass_can_be_left_out(string pass) =>
        AssertPlan("static int M(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += p[i]; return s; }", 0, "checked", OptionCatalog.Parse([new("DisablePass", pass)], []));

    [Test]
    public void Masks_are_left_where_they_are() =>
        AssertPlan("static int M(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += p[i]; return s; }", 0, "masked", new WeaverOptions { ProtMethod = ProtectionMethod.Sfi });

    private static int KeptLoads(string source, WeaverOptions? options = null) =>
        CSharpFixture.Compile($"unsafe class C {{ {Types} {source} }}").Plan(options).Members.Single(p => p.Method.Name == "M").KeptLoads.Length;

    private static void AssertPlan(string source, int entries, string expected, WeaverOptions? options = null)
    {
        CSharpFixture fixture = CSharpFixture.Compile($"unsafe class C {{ {Types} {source} }}");
        MemberPlan? plan = fixture.Plan(options).Members.SingleOrDefault(p => p.Method.Name == "M");
        string verdicts = string.Join(' ', (plan?.Decisions ?? []).Where(d => d.IsRaw).Select(d => d.Verdict.ToString().ToLowerInvariant()));

        Assert.Multiple(() =>
        {
            Assert.That(verdicts, Is.EqualTo(expected));
            Assert.That(plan?.LoopEntries.Length, Is.EqualTo(entries), "entries of loops");
        });
    }
}
