using MemSentry.Analysis.Tests.Fixtures;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Tests.Displacement;

/// <summary>Which accesses behind branches are certain, so that their check goes on the way into the loop; and where it goes if the pointer changes in the loop.</summary>
[TestFixture]
internal sealed class CertainAccessTests
{
    private const string Members = "struct N { public int Count; public N* Next; } static int F() => Environment.ProcessId; int I; ";

    [TestCase("static int M(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) { if ((i & 5) > 2) s += i; s += p[i]; } return s; }", TestName = "hoists: an access behind a condition that it does not depend on")]
    [TestCase("static int M(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) { if ((i & 5) > 2) s += p[i]; else s -= p[i] * 3; } return s; }", TestName = "hoists: an access on both ways")]
    [TestCase("static void M(byte* p, byte* q, int n) { for (int i = 0; i < n; i++) { if (i > 5) i += q[i]; *p++ = 1; } }", TestName = "hoists: a store that moves, behind a condition")]
    public void Hoists(string source) => Assert.That(Hoisted(source), Is.EqualTo([Code.Nop]));

    [TestCase("static int M(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) { if (i > 5) return s; s += p[i]; } return s; }", TestName = "keeps in the loop: the loop may be left before it")]
    [TestCase("static int M(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) { if ((i & 5) > 2) continue; s += p[i]; } return s; }", TestName = "keeps in the loop: the round may end before it")]
    [TestCase("static int M(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) { for (int j = i; j != 7; j += 2) s += j; s += p[i]; } return s; }", TestName = "keeps in the loop: another loop comes first, which may never end")]
    [TestCase("static int M(C c, int* p, int n) { int s = 0; for (int i = 0; i < n; i++) { if ((i & 5) > 2) c.I = i; s += p[i]; } return s; }", TestName = "keeps in the loop: one of the ways stores to memory")]
    [TestCase("static int M(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) { if ((i & 5) > 2) s += F(); s += p[i]; } return s; }", TestName = "keeps in the loop: one of the ways calls")]
    [TestCase("static int M(int* p, int* q, int n) { int s = 0; for (int i = 0; i < n; i++) { if ((i & 5) > 2) p = q; s += p[i]; } return s; }", TestName = "keeps in the loop: one of the ways changes the pointer")]
    [TestCase("static int M(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) { if ((i & 5) > 2) s++; try { s += p[i]; } catch { return s; } } return s; }", TestName = "keeps in the loop: a handler waits for what the check throws")]
    public void Keeps(string source) => Assert.That(Hoisted(source), Is.Empty);

    [TestCase("static int M(N* n, int k) { int d = 0; while (true) { int i = 0; while (i < n->Count && i != k) i++; if (n->Next == null) return d; n = n->Next; d++; } }", TestName = "checks behind the store: a search that goes from node to node")]
    [TestCase("static int M(N* n, int k) { int d = 0; while (true) { int i = 0; while (i < n->Count && i != k) i++; if (n->Next == null) return d; if (i > k) { n = n->Next; d++; } else { n = n->Next->Next; d += 2; } } }", TestName = "checks behind the store: on each way")]
    [TestCase("static int M(N* n, int k) { int d = 0; while (true) { int i = 0; while (i < n->Count && i != k) i++; d++; do n = n->Next; while (--k > 0); } }", TestName = "checks behind the store: also in a loop of its own that goes on through it")]
    public void Checks_behind_stores(string source)
    {
        Code[] places = Hoisted(source);

        Assert.That(places.Count(p => p == Code.Nop), Is.EqualTo(1));
        Assert.That(places.Count(p => p != Code.Nop), Is.EqualTo(source.Split("n = n->Next").Length - 1));
    }

    [TestCase("static int M(N* n, int k) { int d = 0; while (true) { int i = 0; while (i < n->Count && i != k) i++; if (n->Next == null) return d; d++; n = n->Next; F(); } }", TestName = "checks on the way into the inner loop: a call lies between the store and the access")]
    [TestCase("static int M(N* n, int k) { int d = 0; while (true) { int i = 0; while (i < n->Count && i != k) i++; d++; do n = (N*)((nuint)n ^ (nuint)k); while (--k > 0); } }", TestName = "checks on the way into the inner loop: the variable changes more often")]
    [TestCase("static int M(N* n, int k) { int d = 0; while (true) { int i = 0; while (i < n->Count && i != k) i++; d++; n = n->Next; if (n == null) return d; } }", TestName = "checks on the way into the inner loop: a test lies between, and it may end there")]
    public void Checks_before_the_inner_loop(string source) => Assert.That(Hoisted(source), Is.EqualTo([Code.Nop]));

    /// <summary>What the hoisted checks of M go before; a nop is the place on the way into a loop.</summary>
    private static Code[] Hoisted(string source) =>
        [.. CSharpFixture.Compile($"unsafe class C {{ {Members} {source} }}").Plan().All.Single(p => p.Method.Name == "M").VariableChecks.Where(c => c.IsHoisted).Select(c => c.Before.OpCode.Code)];
}
