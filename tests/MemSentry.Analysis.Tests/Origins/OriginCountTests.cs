using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Origins;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Tests.Fixtures;

namespace MemSentry.Analysis.Tests.Origins;

/// <summary>Small members, and how many values come into each of them through which memory is accessed.</summary>
[TestFixture]
internal sealed class OriginCountTests
{
    [TestCase(1, "int M(int* p) => *p", TestName = "A_parameter")]
    [TestCase(1, "int M(int* p) => p[1] + p[2] + p[3]", TestName = "A_parameter_that_is_accessed_three_times")]
    [TestCase(2, "int M(int* p, int* q) => *p + *q", TestName = "Two_parameters")]
    [TestCase(0, "int M(int* p, int i) => i", TestName = "A_parameter_that_is_not_accessed")]
    [TestCase(1, "int M(int* p, int i) => p[i]", TestName = "An_index_of_32_bits_is_a_number")]
    [TestCase(1, "int M(int* p, long i) => p[i]", TestName = "What_is_added_to_a_pointer_is_a_displacement")]
    [TestCase(2, "int M(nint p, nint i) => *(int*)(p + i)", TestName = "Of_two_numbers_either_may_be_the_address")]
    [TestCase(1, "int M() => *(int*)12345", TestName = "A_constant_counts_as_the_access")]
    [TestCase(1, "int M(int n) => *(int*)(nint)n", TestName = "A_number_of_32_bits_counts_as_the_access")]
    public void Values_that_enter(int expected, string member) => Counts(expected, member);

    [TestCase(2, "int M(int* p, int* q, bool b) { int* r = b ? p : q; return *r + r[1]; }", TestName = "Two_that_meet_stay_two")]
    [TestCase(1, "int M(int* p, bool b) { int* r = b ? p : p + 4; return *r; }", TestName = "One_that_arrives_on_two_ways_stays_one")]
    [TestCase(1, "int M(int* p, int n) { int* q = p; int s = 0; while (n-- > 0) s += *q++; return s + *p; }", TestName = "A_step_in_a_loop_is_no_new_one")]
    [TestCase(2, "struct N { public N* Next; public int V; } int M(N* n) { int s = 0; for (; n != null; n = n->Next) s += n->V; return s; }", TestName = "A_chase_has_its_start_and_its_link")]
    [TestCase(1, "int M(int* p, bool b) { int* r = null; if (b) r = p; return b ? *r : 0; }", TestName = "Null_is_none")]
    public void Values_that_meet(int expected, string member) => Counts(expected, member);

    [TestCase(2, "int M(int** p) => **p", TestName = "A_load_is_one_besides_the_pointer_to_it")]
    [TestCase(0, "int M() { int x = 1; int* p = &x; *p = 2; return x; }", TestName = "A_variable_of_its_own_is_proven")]
    [TestCase(0, "int M(int[] a) { fixed (int* p = a) return *p; }", TestName = "A_pinned_array_is_proven")]
    [TestCase(1, "int* Q; int* F() => Q; int M() => *F()", TestName = "A_result_of_a_call")]
    [TestCase(0, "int* F() => null; int M() => *F()", TestName = "A_result_that_the_callee_proves")]
    public void Values_that_are_made(int expected, string member) => Counts(expected, member);

    [TestCase(2, "void F() => GC.KeepAlive(null); int M(int* p) { int a = *p; F(); return a + *p; }", TestName = "The_same_before_and_behind_a_call")]
    [TestCase(1, "void F() => GC.KeepAlive(null); int M(int* p) { F(); return *p; }", TestName = "A_parameter_that_is_only_accessed_behind_a_call")]
    [TestCase(1, "void F() => GC.KeepAlive(null); int M(int* p) { int* q = p + 1; F(); return *p + *q; }", TestName = "Two_copies_behind_a_call_are_one")]
    [TestCase(1, "void F() => GC.KeepAlive(null); void G() => GC.KeepAlive(null); int M(int* p, bool b) { if (b) F(); else G(); return *p; }", TestName = "Behind_one_of_two_calls_it_is_one")]
    [TestCase(2, "void F() => GC.KeepAlive(null); int M(int* p, int n) { int s = *p; while (n-- > 0) { s += *p; F(); } return s; }", TestName = "In_a_loop_with_a_call_it_is_one_for_all_rounds")]
    [TestCase(1, "void F(int* p) => GC.KeepAlive(null); int M() { int x = 1; int* p = &x; F(p); return *p; }", TestName = "A_proven_address_behind_a_call")]
    [TestCase(2, "void F() => GC.KeepAlive(null); int M(int* p) { try { F(); return *p; } catch { return *p; } }", TestName = "A_handler_makes_it_one_again")]
    public void Values_behind_calls(int expected, string member) => Counts(expected, member);

    [Test]
    public void The_number_of_checks_is_counted_elsewhere_so_that_an_access_without_a_proof_shows()
    {
        (CSharpFixture fixture, ModulePlan plan) = Plan("int M(int* p, long i, long j) => p[i] + p[j]");

        Assert.That(plan.All.Single(p => p.Method.Name == "M").Decisions.Count(d => d.Verdict == AccessVerdict.Checked), Is.EqualTo(2));
        Assert.That(OriginCount.In(new ModuleMembers(fixture.Module), plan, new WeaverOptions()).Values.Sum(), Is.EqualTo(1));
    }

    private static void Counts(int expected, string member)
    {
        (CSharpFixture fixture, ModulePlan plan) = Plan(member);
        Assert.That(OriginCount.In(new ModuleMembers(fixture.Module), plan, new WeaverOptions()).Values.Sum(), Is.EqualTo(expected));
    }

    private static (CSharpFixture Fixture, ModulePlan Plan) Plan(string member)
    {
        string code = member.EndsWith('}') ? member : member + ";";
        var fixture = CSharpFixture.Compile($"unsafe class C {{ {code} }}");
        return (fixture, fixture.Plan());
    }
}
