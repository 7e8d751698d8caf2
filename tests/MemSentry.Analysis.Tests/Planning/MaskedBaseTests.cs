using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Tests.Fixtures;

namespace MemSentry.Analysis.Tests.Planning;

/// <summary>
/// Where masks go under <c>sfi</c>: behind what pushed the base of an access (<c>base:</c> with its opcode), into a copy of a variable (<c>copy:</c> with the number of
/// masks at the entry, at stores, behind calls, and the number of loads), or before the access (<c>access</c>).
/// </summary>
[TestFixture]
internal sealed class MaskedBaseTests
{
    private const string Types = """
        struct S { public int A, B; public S* Next; public fixed int Many[8]; } struct V { public volatile int A; } struct Large { public fixed byte X[1024]; }
        static void F() => GC.KeepAlive(null); static int I() => Environment.ProcessId; static int Known = Environment.ProcessId; static void G(int** p) { }
        """;

    [TestCase("static int M(int* p) => *p;", "base:ldarg.0", TestName = "masks a base: the address itself")]
    [TestCase("static int M(int* p, int i) => p[i];", "base:ldarg.0", TestName = "masks a base: an index of 32 bits")]
    [TestCase("static void M(int* p, int i, int v) => p[i] = v;", "base:ldarg.0", TestName = "masks a base: of a store, before the value is computed")]
    [TestCase("static int M(S* p, int i) => p->Many[i];", "base:ldarg.0", TestName = "masks a base: an element of a buffer in a structure")]
    [TestCase("static int M(S* p, int i) => p[i].B;", "base:ldarg.0", TestName = "masks a base: an element that is a structure")]
    [TestCase("static void M(int* p, int i) => p[i] += 2;", "base:ldarg.0", TestName = "masks a base: one mask for the load and the store of an address")]
    [TestCase("static int M(int** p, int i) => p[1][i];", "base:ldarg.0 base:ldind.i", TestName = "masks a base: a pointer that was loaded")]
    [TestCase("static int M(byte* p, int i) => *(p - i);", "base:ldarg.0", TestName = "masks a base: backwards")]
    [TestCase("static int M(V* p) => p->A;", "base:ldarg.0", TestName = "masks a base: of a volatile access, whose address is computed before it")]
    [TestCase("static int M(bool b, int* p, int* q, int i) => (b ? p : q)[i];", "base:add", TestName = "masks a base: nothing is known of what other blocks left on the stack")]
    public void Masks_a_base(string source, string expected) => Assert.That(Masks(source), Is.EqualTo(expected));

    [TestCase("static int M(int* p, long i) => p[i];", "base:add", TestName = "keeps mask when the index has 64 bits")]
    [TestCase("static int M(int* p, nint i) => *(int*)((byte*)p + i);", "base:add", TestName = "keeps mask when the offset is a native integer")]
    [TestCase("static int M(Large* p, int i) => p[i].X[0];", "base:add", TestName = "keeps mask when elements are so large that an index reaches across a guard")]
    [TestCase("static int M(byte* p, byte* q) => p[q - p];", "base:add", TestName = "keeps mask when the offset is the distance of two pointers")]
    [TestCase("static int M(int* p) => p[I()];", "base:add", TestName = "keeps mask when a call comes between base and access")]
    [TestCase("static int M(int* p) => p[Known];", "base:add", TestName = "keeps mask when a static constructor may run between base and access")]
    [TestCase("static int M(int* p) => *p++;", "access", TestName = "keeps mask when the base goes elsewhere too: into the variable")]
    [TestCase("static bool M(int* p) { int* q; return *(q = p) > 0 && q != null; }", "access", TestName = "keeps mask when the base goes elsewhere too: into a comparison")]
    [TestCase("static int M(int* p) { MemSentryMarkers.SafeRegionAccess(); int a = *p; return a + *p; }", "access", TestName = "keeps mask when a marker allows an access")]
    [TestCase("static int M(int* p) { G(&p); return p[1]; }", "base:ldarg.0", TestName = "keeps no copy when the address of the variable is taken")]
    public void Keeps_the_mask(string source, string expected) => Assert.That(Masks(source), Is.EqualTo(expected));

    [TestCase(CheckedAccesses.Write, "static void M(int* p, int i) => p[i] += 2;", "base:ldarg.0", TestName = "masks a base: that of a load, too, if the store to the same place is selected")]
    [TestCase(CheckedAccesses.Read, "static void M(int* p, int i) => p[i] += 2;", "base:ldarg.0", TestName = "masks a base: that of a store, too, if the load from the same place is selected")]
    [TestCase(CheckedAccesses.Write, "static int M(int* p, int i) => p[i];", "", TestName = "masks nothing where no access is selected")]
    [TestCase(CheckedAccesses.Write, "static void M(int* p, int* q) => p[0] = p[1] + q[1];", "base:ldarg.0", TestName = "masks nothing for loads that only share the variable with a selected store")]
    public void Masks_what_is_selected(CheckedAccesses rw, string source, string expected) => Assert.That(Masks(source, Sfi with { Rw = rw }), Is.EqualTo(expected));

    [TestCase("static int M(int* p) => p[0] + p[1];", "copy:1,0,0,2", TestName = "masks a copy: for two accesses")]
    [TestCase("static int M(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += p[i]; return s; }", "copy:1,0,0,1", TestName = "masks a copy: for a loop, before it")]
    [TestCase("static int M(int* p, int n) { int s = 0; for (; n > 0; n--) { s += p[0] + p[1]; p += n; } return s; }", "copy:1,1,0,2", TestName = "masks a copy: where the variable changes")]
    [TestCase("static int M(S* p) { int s = 0; for (; p != null; p = p->Next) s += p->A; return s; }", "copy:1,1,0,2", TestName = "masks a copy: of each link of a list")]
    [TestCase("static int M(int* p, int n) { int s = 0; for (; n > 0; n--) { F(); s += p[0] + p[1]; } return s; }", "copy:0,0,1,2", TestName = "masks a copy: again behind a call")]
    [TestCase("static int M(int* p, int n) { int s = 0; for (; n > 0; n--) { s += Known; s += p[0] + p[1]; } return s; }", "copy:0,0,1,2", TestName = "masks a copy: again behind what may run a static constructor")]
    [TestCase("static int M(int* p, int n) { int s = 0; for (; n > 0; n--) { s += (int)uint.RotateLeft((uint)n, 3); s += p[0]; } return s; }", "copy:1,0,0,1", TestName = "masks a copy: and believes it behind a leaf of the framework")]
    public void Masks_a_copy(string source, string expected) => Assert.That(Masks(source), Is.EqualTo(expected));

    [TestCase("static int M(int* p) { int a = p[0]; F(); return a + p[1]; }", "base:ldarg.0 base:ldarg.0", TestName = "keeps no copy when a call comes between the accesses")]
    [TestCase("static int M(byte* p, int n) { int s = 0; for (; n > 0; n--) { s += *p; p += n; } return s; }", "base:ldarg.0", TestName = "keeps no copy when the variable changes as often as it is used")]
    [TestCase("static int M(int* p, int* q) { int a = p[0]; p = q; return a + p[1]; }", "base:ldarg.0 base:ldarg.0", TestName = "keeps no copy when the variable changes between the accesses")]
    [TestCase("static int M(int* p) { G(&p); return p[1] + p[2]; }", "base:ldarg.0 base:ldarg.0", TestName = "keeps no copy when the variable may change unseen")]
    [TestCase("static int M(int* p) { try { return p[1] + p[2]; } catch { return 0; } }", "base:ldarg.0 base:ldarg.0", TestName = "keeps no copy when there are protected blocks")]
    [TestCase("static int M(int* p) { int* q = p; for (int i = 0; i < 9; i++) { q = I() > 3 ? p : q; if (q == null) { return q[0]; } } return 0; }", "base:ldloc.0", TestName = "keeps no copy when it would be masked more often than it is used")]
    public void Keeps_no_copy(string source, string expected) => Assert.That(Masks(source), Is.EqualTo(expected));

    [Test]
    public void A_copy_is_masked_again_behind_a_call_even_if_the_frame_is_trusted() => Assert.That(
        Masks("static int M(int* p, int n) { int s = 0; for (; n > 0; n--) { F(); s += p[0] + p[1]; } return s; }", Sfi with { Trust = PointerTrust.Frame }), Is.EqualTo("copy:0,0,1,2"));

    [TestCase("masked-bases")]
    [TestCase("displacement")]
    public void The_pass_can_be_left_out(string pass) => Assert.That(
        Masks("static int M(int* p, int i) => p[i] + p[1];", Sfi with { DisabledPass = OptionCatalog.Parse([new("DisablePass", pass)], []).DisabledPass }), Is.EqualTo("access access"));

    [Test]
    public void A_naive_weave_masks_accesses() => Assert.That(Masks("static int M(int* p, int i) => p[i] + p[1];", Sfi with { NoOptimize = true }), Is.EqualTo("access access"));

    [Test]
    public void Without_trust_accesses_are_masked() => Assert.That(Masks("static int M(int* p, int i) => p[i];", Sfi with { Trust = PointerTrust.None }), Is.EqualTo("access"));

    private static WeaverOptions Sfi => new() { ProtMethod = ProtectionMethod.Sfi };

    private static string Masks(string source, WeaverOptions? options = null)
    {
        MemberPlan plan = CSharpFixture.Compile($"unsafe class C {{ {Types} {source} }}").Plan(options ?? Sfi).All.Single(p => p.Method.Name == "M");
        return string.Join(' ', (string[])
        [
            .. plan.MaskedCopies.Select(c => $"copy:{(c.AtEntry ? 1 : 0)},{c.Stores.Length},{c.Calls.Length},{c.Loads.Length}"),
            .. plan.MaskedBases.OrderBy(i => i.Offset).Select(i => $"base:{i.OpCode.Name}"),
            .. plan.Checks.SelectMany(c => c.Operands).SelectMany(o => o.Checks).Where(c => c.Form == CheckForm.Mask).Select(_ => "access"),
        ]);
    }
}
