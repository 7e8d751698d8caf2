using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Tests.Fixtures;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Tests.Displacement;

/// <summary>Which numbers on the stack are checked where they were pushed, for the accesses that are displaced from them.</summary>
[TestFixture]
internal sealed class PushedBaseTests
{
    private const string Members = "struct S { public int V; public S* Q; } static int Known = Environment.ProcessId; static int F() => Environment.ProcessId; static S* G() => (S*)Environment.TickCount64; ";

    [TestCase("static void M(S* p) => p->Q->V += 1;", Code.Ldfld, TestName = "checks behind the push: a load and a store of one field")]
    [TestCase("static void M(S* p, int a) => p->Q->V = a * a;", Code.Ldfld, TestName = "checks behind the push: a store of something computed")]
    [TestCase("static int M(int** p, int i) => p[i][i];", Code.Ldind_I, TestName = "checks behind the push: an index into what was loaded")]
    [TestCase("static void M() => G()->V += 1;", Code.Call, TestName = "checks behind the push: what a call returns")]
    [TestCase("static void M(S* p, S* q) { if (p->Q->V == p->V) q->Q->V += p->Q->V; }", Code.Ldfld, TestName = "checks behind the push: beside other accesses")]
    public void Checks(string source, Code producer)
    {
        MemberPlan plan = Plan(source, new());

        Assert.That(plan.BaseChecks.Select(c => c.Producer.OpCode.Code), Is.EqualTo([producer]));
        Assert.That(plan.Decisions.Count(d => d.Form == CheckForm.PushedBase), Is.EqualTo(1));
    }

    [TestCase("static int M(S* p) => p->Q->V;", TestName = "leaves the check before the access: nothing lies between")]
    [TestCase("static void M(S* p) => p->Q->V = F();", TestName = "leaves the check before the access: a call comes first")]
    [TestCase("static void M(S* p) => p->Q->V = Known;", TestName = "leaves the check before the access: a static field comes first, which may run a static constructor")]
    [TestCase("static void M(S* p, S* q) => p->Q->V = q->V = 3;", TestName = "leaves the check before the access: a store comes first")]
    [TestCase("static void M(S* p, int* q) => p->Q->V = System.Threading.Volatile.Read(ref *q);", TestName = "leaves the check before the access: a volatile load comes first")]
    [TestCase("static int M(int** p, long i) => (*p)[i];", TestName = "leaves the check before the access: an index of 64 bits leads out of reach")]
    [TestCase("static int M(S* p, bool b, int i) => (b ? p->Q : p)[i].V;", TestName = "leaves the check before the access: the push lies in another block")]
    public void Leaves(string source) => Assert.That(Plan(source, new()).BaseChecks, Is.Empty);

    [Test]
    public void With_masks_it_is_left_to_them() =>
        Assert.That(Plan("static void M(S* p) => p->Q->V += 1;", new WeaverOptions { ProtMethod = ProtectionMethod.Sfi }).BaseChecks, Is.Empty);

    [Test]
    public void A_check_serves_the_store_alone_where_loads_are_not_checked() =>
        Assert.That(Plan("static void M(S* p) => p->Q->V += 1;", new WeaverOptions { Rw = CheckedAccesses.Write }).BaseChecks, Has.Exactly(1).Items);

    private static MemberPlan Plan(string source, WeaverOptions options) =>
        CSharpFixture.Compile($"unsafe class C {{ {Members} {source} }}").Plan(options).All.Single(p => p.Method.Name == "M");
}
