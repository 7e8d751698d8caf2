using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Tests.Fixtures;

namespace MemSentry.Analysis.Tests.Held;

/// <summary>
/// Which numbers are made new before their checks: variables (<c>v</c>), operands (<c>o</c>), bases of masks (<c>b</c>); in capitals those that are, in small letters those that are not.
/// Variables that are made new behind a call, whatever is checked later, are <c>C</c>.
/// </summary>
[TestFixture]
internal sealed class HeldTests
{
    private const string Types = "struct S { public int* P; public int A; } class H { public int* P; } static void F() => GC.KeepAlive(null); static int* G() => (int*)Environment.TickCount64; static void Use(ref S s) => F(); ";

    [TestCase("static int M(int* p) { int a = *p; F(); return a + *p; }", "v V", TestName = "makes new: a variable behind a call")]
    [TestCase("static int M(int* p) { F(); return *p; }", "V", TestName = "makes new: a variable that no check came before, because a loop around the call could have one")]
    [TestCase("static int M(int* p, int* q) { q = p; F(); int a = *q; return a + *p; }", "V V", TestName = "makes new: each of two variables that held the same before the call")]
    [TestCase("static int M(int* p, int* q) { F(); q = p; int a = *q; return a + *p; }", "V V", TestName = "makes new: a copy from behind the call, and what it was copied from")]
    [TestCase("static int M(int* p, long i) { int a = p[i]; F(); return a + p[i]; }", "o O", TestName = "makes new: an address that is computed as it was before the call")]
    [TestCase("static int M(long p) { F(); return *(int*)p; }", "V", TestName = "makes new: an integer of 64 bits")]
    [TestCase("static int M(int* p, int n) { int s = 0; for (; n > 0; n--) { s += *p; F(); } return s; }", "V", TestName = "makes new: what a call in the round before may have held")]
    [TestCase("static int M(S s) { F(); return *s.P; }", "O", TestName = "makes new: a field of a structure that was there")]
    [TestCase("static int M() { S s = default; Use(ref s); F(); return *s.P; }", "O", TestName = "makes new: a field of a variable whose address the JIT sees through")]
    [TestCase("static int M(int* p) { int a = *p; int b = Known; return a + b + *p; } static int Known = Environment.ProcessId;", "v V", TestName = "makes new: behind a static constructor")]
    [TestCase("static int M(int* p) { try { F(); } catch { return *p; } return 0; }", "V", TestName = "makes new: in a handler")]
    [TestCase("static int M(int* p, int n) { F(); int s = 0; for (; n > 0; n--) { s += *p; } return s; }", "C v", TestName = "makes new: once, on the way into a loop")]
    [TestCase("static void M(byte* p, int n) { F(); while (n-- > 0) { *p++ = 1; } }", "C v", TestName = "makes new: once, on the way into a loop that moves the pointer")]
    [TestCase("static int M(int* p, int n) { int s = 0; for (; n > 0; n--) { F(); for (int* q = p; *q > s; q++) { s++; } } return s; }", "C v", TestName = "makes new: once behind a call, what a loop that runs more often starts from")]
    [TestCase("static int M(int* p, int n) { int s = 0; for (; n > 0; n--) { for (int i = 0; i < n; i++) { F(); } s += *p; } return s; }", "V", TestName = "makes new: not behind a call that runs more often than what is checked")]
    [TestCase("static int M(int* p, int n) { F(); if (n > 9) { F(); } int s = 0; for (; n > 0; n--) { s += *p; } return s; }", "C C v", TestName = "makes new: behind each of two calls that a loop may come after")]
    [TestCase("static int M(int* p, int n) { F(); p = G(); int s = 0; for (; n > 0; n--) { s += *p; } return s; }", "v", TestName = "makes new: not what gets another value before it is used")]
    [TestCase("static int M(int* p, int n) { F(); int s = 0; for (; n > 0; n--) { s += *p; F(); } return s; }", "V", TestName = "makes new: not before a loop that makes it new in each round, because of a call of its own")]
    [TestCase("static int M(int* p, int n) { F(); int s = 0; for (; n > 0; n--) { s += *p; if (s < 0) F(); } return s; }", "V", TestName = "makes new: not before a loop with a call on one of its ways")]
    [TestCase("static int M(int* p, int n) { F(); int s = 0; for (; n > 0; n--) { for (int i = 0; i < n; i++) { s += *p; } F(); } return s; }", "C v C", TestName = "makes new: before a loop and behind the call in it, both of which an inner loop comes after")]
    [TestCase("static int M(int* p, int n) { int s = 0; F(); for (; n > 0; n--) { s += *p; } try { F(); } catch { s += *p; } return s; }", "C v V", TestName = "makes new: in a handler all the same")]
    public void Makes_new(string source, string expected) => Assert.That(Checks(source), Is.EqualTo(expected));

    [TestCase("static int M(int* p) => *p;", "v", TestName = "leaves: a member without calls")]
    [TestCase("static int M(S s) => *s.P;", "o", TestName = "leaves: a field of a structure in a member without calls")]
    [TestCase("static int M() => *G();", "o", TestName = "leaves: what a call returned")]
    [TestCase("static int M(H h) { F(); return *h.P; }", "o", TestName = "leaves: what was read from an object behind the call")]
    [TestCase("static int M(H h, int i) { F(); return h.P[i]; }", "o", TestName = "leaves: the same, moved by an index that was there before")]
    [TestCase("static int M(int* p, int** q) { int a = *p; F(); p = *q; return a + *p; }", "v V v", TestName = "leaves: a variable that was loaded from memory behind the call")]
    [TestCase("static uint M(uint* p) { uint a = *p; a = uint.RotateLeft(a, 3); return a + p[0]; }", "v", TestName = "leaves: behind a leaf of the framework, which keeps nothing")]
    public void Leaves(string source, string expected) => Assert.That(Checks(source), Is.EqualTo(expected));

    [Test]
    public void A_variable_behind_the_first_128_counts_as_held()
    {
        string declared = string.Concat(Enumerable.Range(0, 200).Select(i => $"int* v{i} = h.P; "));
        string used = string.Concat(Enumerable.Range(0, 200).Select(i => $"s += *v{i}; "));

        Assert.That(Checks($"static int M(H h) {{ F(); int s = 0; {declared} {used} return s; }}").Split(' '), Has.Exactly(73).EqualTo("O").And.None.EqualTo("V"));
    }

    [Test]
    public void Where_the_frame_is_trusted_nothing_is_made_new() =>
        Assert.That(Checks("static int M(int* p) { int a = *p; F(); return a + *p; }", new WeaverOptions { Trust = PointerTrust.Frame }), Is.EqualTo("v v"));

    [Test]
    public void A_naive_weave_makes_operands_new() =>
        Assert.That(Checks("static int M(int* p) { int a = *p; F(); return a + *p; }", new WeaverOptions { NoOptimize = true }), Is.EqualTo("o O"));

    [TestCase("static int M(int* p, int i) { int a = p[i]; F(); return a + p[i]; }", "b B", TestName = "makes new: the base of a mask")]
    [TestCase("static int M(int* p, long i) { int a = p[i]; F(); return a + p[i]; }", "b B", TestName = "makes new: a sum that is masked")]
    public void Masks(string source, string expected) => Assert.That(Checks(source, new WeaverOptions { ProtMethod = ProtectionMethod.Sfi }), Is.EqualTo(expected));

    [Test]
    public void A_masked_copy_is_made_new_behind_calls()
    {
        MemberPlan plan = Plan("static int M(int* p, int n) { int s = 0; for (; n > 0; n--) { F(); s += p[0] + p[1]; } return s; }", new WeaverOptions { ProtMethod = ProtectionMethod.Sfi });

        Assert.That(plan.MaskedCopies.Single().IsHeldBehindCalls);
    }

    [Test]
    public void A_masked_copy_is_made_new_where_the_variable_gets_what_was_there_before_a_call()
    {
        MemberPlan plan = Plan("static int M(int* p, int* q, int n) { int s = 0; for (; n > 0; n--) { F(); q = p; s += q[0]; s += q[1]; } return s; }", new WeaverOptions { ProtMethod = ProtectionMethod.Sfi });

        Assert.That(plan.MaskedCopies.Single().HeldStores, Has.Length.EqualTo(1));
    }

    private static string Checks(string source, WeaverOptions? options = null)
    {
        MemberPlan plan = Plan(source, options ?? new WeaverOptions());
        IEnumerable<(int Offset, string Check)> checks =
        [
            .. plan.Renewals.SelectMany(r => r.Variables.Select(_ => (r.Call.Offset, "C"))),
            .. plan.VariableChecks.Select(c => (c.Offset, c.IsHeld ? "V" : "v")),
            .. plan.MaskedBases.Select(b => (b.Offset, plan.HeldBases.Contains(b) ? "B" : "b")),
            .. plan.Checks.SelectMany(c => c.Operands.Where(o => o.Checks.Length > 0).Select(o => (c.Offset, o.IsHeld ? "O" : "o"))),
        ];
        return string.Join(' ', checks.OrderBy(c => c.Offset).Select(c => c.Check));
    }

    private static MemberPlan Plan(string source, WeaverOptions options) =>
        CSharpFixture.Compile($"unsafe class C {{ {Types} {source} }}").Plan(options).All.Single(p => p.Method.Name == "M");
}
