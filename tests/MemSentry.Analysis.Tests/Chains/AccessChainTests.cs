using MemSentry.Analysis.Chains;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Tests.Fixtures;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Tests.Chains;

/// <summary>What the decisions about small members rest on. Instructions are named by their opcode and number in the body, so that the compiler may choose short forms.</summary>
[TestFixture]
internal sealed class AccessChainTests
{
    [TestCase("int M(int* p) => *p", "ldind.i4: from Parameter 0", TestName = "A_parameter")]
    [TestCase("int M(int** p) => **p", "ldind.i: from Parameter 0", "ldind.i4: from Instruction ldind.i", TestName = "A_pointer_that_was_loaded")]
    [TestCase("int* Q; static int* F() => Q; static int M() => *F()", "ldind.i4: from Instruction call", TestName = "A_result")]
    [TestCase("int M(bool b, int* p, int* q) { int* r = b ? p : q; return *r; }", "ldind.i4: from Parameter 1, Parameter 2", TestName = "Two_parameters_that_meet")]
    [TestCase("void F() => GC.KeepAlive(null); static int M(int* p) { F(); return *p; }", "ldind.i4: from Parameter 0 since call", TestName = "A_parameter_behind_a_call")]
    [TestCase("void M(ref int r) => r = 1", "stind.i4: from Parameter 0", TestName = "A_reference")]
    public void Tells_where_the_address_comes_from(string member, params string[] expected) => Assert.That(Told(member), Is.EqualTo(expected));

    [TestCase("int M(int* p) => p[2] + p[3]", "ldind.i4: from Parameter 0", "ldind.i4: from Parameter 0; Check ldind.i4; moved add; 12 to 12", TestName = "A_check_and_a_step")]
    [TestCase("int M(int* p, int i, int k) => p[i] + p[k]", "ldind.i4: from Parameter 0", "ldind.i4: from Parameter 0; Check ldind.i4; moved add; -8589934592 to 8589934588", TestName = "A_check_of_the_variable_and_an_index")]
    [TestCase("int M() { int x = 0; int* p = &x; *p = 3; return p[1]; }", "stind.i4: from Anchor conv.u; Anchor conv.u; 0 to 0", "ldind.i4: from Anchor conv.u; Anchor conv.u; moved add; 4 to 4", TestName = "An_anchor_and_a_step")]
    [TestCase("int M(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += p[i]; return s; }",
        "ldind.i4: from Parameter 0; LoopCheck ldind.i4; moved add; 0 to 8589934584", TestName = "A_check_on_the_way_into_a_loop")]
    [TestCase("void F() => GC.KeepAlive(null); int M(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += p[i]; return s; }",
        "ldind.i4: from Parameter 1; LoopCheck ldind.i4; moved add; 0 to 8589934584", TestName = "A_check_on_the_way_into_a_loop_of_an_instance_member")]
    [TestCase("void M(byte* p, int n) { while (n-- > 0) { *p = 0; p += 9; } }", "stind.i1: from Parameter 0; LoopCheck stind.i1, Access stind.i1; moved add; -65536 to 65536", TestName = "A_store_that_proves_the_next_round")]
    [TestCase("int M(int* p) => p[1]; static int Call(int n) => M(&n)", "ldind.i4: from Parameter 0; Callers ldarg.0; moved add; -68719476732 to 68719476740", TestName = "What_all_callers_prove")]
    [TestCase("int* F(int* p) { *p = 1; return p; } static int M(int* p) => F(p)[1]", "ldind.i4: from Instruction call; Callee call; moved add; -68719476732 to 68719476740", TestName = "What_the_callee_proves")]
    public void Tells_what_an_access_without_a_check_rests_on(string member, params string[] expected) => Assert.That(Told(member), Is.EqualTo(expected));

    [Test]
    public void A_call_ends_the_chain() => Assert.That(
        Told("void F() => GC.KeepAlive(null); static int M(int* p) { int a = *p; F(); return a + *p; }"),
        Is.EqualTo(new[] { "ldind.i4: from Parameter 0", "ldind.i4: from Parameter 0 since call" }));

    private static string[] Told(string member)
    {
        string code = member.EndsWith('}') ? member : member + ";";
        var fixture = CSharpFixture.Compile($"unsafe class C {{ static {code} }}");
        var options = new WeaverOptions();
        ModulePlan module = fixture.Plan(options);
        MemberPlan plan = module.All.Single(p => p.Method.Name == "M");
        IReadOnlyDictionary<(Instruction Instruction, int Depth), AccessChain> chains = AccessChains.Of(new ModuleMembers(fixture.Module), plan, options, module.Summaries);
        string NameAt(int offset) => plan.Method.Body.Instructions.Single(i => i.Offset == offset).OpCode.Name.Replace(".s", "", StringComparison.Ordinal);
        return [.. plan.Decisions.Select(d => $"{d.Instruction.OpCode.Name}: {Text(chains[(d.Instruction, d.Depth)], NameAt)}")];
    }

    private static string Text(AccessChain chain, Func<int, string> nameAt)
    {
        IEnumerable<string> origins = chain.Origins.Select(o =>
            $"{o.Kind} {(o.Kind is Analysis.Origins.OriginKind.Parameter ? $"{o.Place}" : nameAt(o.Place))}{(o.Since is { } since ? " since " + nameAt(since) : "")}");
        string[] proof = chain.Facts.IsEmpty ? [] :
        [
            string.Join(", ", chain.Facts.Select(f => $"{f.Kind} {nameAt(f.Offset)}")),
            .. chain.Steps.Select(s => "moved " + nameAt(s)),
            $"{chain.Distance!.Value.Low} to {chain.Distance.Value.High}",
        ];
        return string.Join("; ", proof.Prepend("from " + string.Join(", ", origins)));
    }
}
