using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Tests.Toy;

namespace MemSentry.Analysis.Tests.ControlFlow;

[TestFixture]
internal sealed class ControlFlowGraphTests
{
    [Test]
    public void Straight_code_is_one_block_without_ways_out()
    {
        ControlFlowGraph graph = Build(new ToyProgram("nop\nnop\nexit"));

        Assert.That(graph.Blocks, Has.Count.EqualTo(1));
        Assert.That(graph.Blocks[0].Range, Is.EqualTo(new InstructionRange(0, 3)));
        Assert.That(graph.Blocks[0].Successors, Is.Empty);
    }

    [Test]
    public void Conditional_branch_leads_to_its_target_and_to_the_next_instruction()
    {
        var program = new ToyProgram("if other\n nop\n goto join\n other: nop\n join: exit");

        Assert.That(Targets(program, "0"), Is.EquivalentTo(new[] { "1 Normal", "3 Normal" }));
        Assert.That(Targets(program, "1"), Is.EquivalentTo(new[] { "4 Normal" }));
        Assert.That(Targets(program, "other"), Is.EquivalentTo(new[] { "4 Normal" }));
    }

    [Test]
    public void Every_block_of_a_try_range_unwinds_to_its_handler()
    {
        ToyProgram program = new ToyProgram("try: if more\n nop\n more: leave out\n handler: leave out\n out: exit").Catch("try", "handler", "handler", "out");

        foreach (string block in new[] { "try", "1", "more" })
        {
            Assert.That(Targets(program, block), Does.Contain("3 UnwindToCatch"));
        }

        Assert.That(Targets(program, "handler"), Is.EquivalentTo(new[] { "4 Leave" }));
    }

    [Test]
    public void Leave_runs_the_finally_handlers_inner_before_outer()
    {
        ToyProgram program = new ToyProgram("try: leave out\n inner: endfinally\n outer: endfinally\n out: exit")
            .Finally("try", "inner", "inner", "outer").Finally("try", "outer", "outer", "out");

        Assert.That(Targets(program, "try"), Does.Contain("1 Leave").And.Not.Contain("3 Leave"));
        Assert.That(Targets(program, "inner"), Does.Contain("2 Leave"));
        Assert.That(Targets(program, "outer"), Is.EquivalentTo(new[] { "3 Leave" }));
    }

    [Test]
    public void Leave_within_a_try_range_does_not_run_its_finally()
    {
        ToyProgram program = new ToyProgram("try: nop\n inner: leave inside\n handler: leave inside\n inside: leave out\n fin: endfinally\n out: exit")
            .Catch("inner", "handler", "handler", "inside").Finally("try", "fin", "fin", "out");

        Assert.That(Targets(program, "inner"), Does.Contain("3 Leave").And.Not.Contain("4 Leave"));
    }

    [Test]
    public void Endfinally_of_a_handler_nested_in_a_finally_does_not_end_the_outer_one()
    {
        ToyProgram program = new ToyProgram("try: leave out\n fin: leave rest\n nested: endfinally\n rest: endfinally\n out: exit")
            .Finally("fin", "nested", "nested", "rest").Finally("try", "fin", "fin", "out");

        Assert.That(Targets(program, "nested"), Is.EquivalentTo(new[] { "3 Leave" }));
        Assert.That(Targets(program, "rest"), Is.EquivalentTo(new[] { "4 Leave" }));
    }

    [Test]
    public void Fault_handler_is_not_run_by_leave()
    {
        ToyProgram program = new ToyProgram("try: leave out\n fault: endfinally\n out: exit").Fault("try", "fault", "fault", "out");

        Assert.That(Targets(program, "try"), Is.EquivalentTo(new[] { "1 UnwindToCleanup", "2 Leave" }));
        Assert.That(Targets(program, "fault"), Is.Empty);
    }

    [Test]
    public void Filter_reaches_its_handler_its_siblings_and_the_cleanup_handlers_inside_its_range()
    {
        ToyProgram program = new ToyProgram("try: leave out\n fin: endfinally\n filter: endfilter\n accept: leave out\n sibling: leave out\n out: exit")
            .Finally("try", "fin", "fin", "filter").Filter("try", "filter", "filter", "accept", "sibling").Catch("try", "filter", "sibling", "out");

        Assert.That(Targets(program, "filter"), Is.EquivalentTo(new[] { "1 UnwindToCleanup", "3 UnwindToCatch", "4 UnwindToCatch" }));
    }

    [Test]
    public void Handler_sees_throw_points_of_inner_finally_handlers_too()
    {
        ToyProgram program = new ToyProgram("try: leave out\n fin: endfinally\n handler: leave out\n out: exit")
            .Finally("try", "fin", "fin", "handler").Catch("try", "handler", "handler", "out");

        Assert.That(Targets(program, "fin"), Does.Contain("2 UnwindToCatch"));
    }

    [Test]
    public void Running_off_the_end_is_malformed() =>
        Assert.That(() => Build(new ToyProgram("nop")), Throws.TypeOf<MalformedFlowException>());

    [Test]
    public void Branch_out_of_the_member_is_malformed() =>
        Assert.That(() => Build(new ToyProgram("goto 7")), Throws.TypeOf<MalformedFlowException>());

    [Test]
    public void Reverse_post_order_starts_at_the_entry_and_leaves_out_what_cannot_be_reached()
    {
        ControlFlowGraph graph = Build(new ToyProgram("goto live\n nop\n exit\n live: exit"));

        Assert.That(graph.ReversePostOrder(), Is.EqualTo(new[] { 0, 2 }));
    }

    private static ControlFlowGraph Build(ToyProgram program) => ControlFlowGraphBuilder.Build(program);

    /// <summary>The ways out of the block of an instruction, as "first instruction of the target, kind".</summary>
    private static List<string> Targets(ToyProgram program, string from)
    {
        ControlFlowGraph graph = Build(program);
        int instruction = int.TryParse(from, out int index) ? index : program.At(from);
        return [.. graph.BlockOf(instruction).Successors.Select(e => $"{graph.Blocks[e.Target].Range.Start} {e.Kind}")];
    }
}
