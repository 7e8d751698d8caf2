using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Dataflow;
using MemSentry.Analysis.Tests.Toy;

namespace MemSentry.Analysis.Tests.Dataflow;

[TestFixture]
internal sealed class ForwardSolverTests
{
    [Test]
    public void Paths_meet_in_the_least_upper_bound() =>
        Assert.That(Before(new ToyProgram("if other\n set x\n goto join\n other: set y\n join: exit"), "join"), Is.EqualTo("may x,y; must "));

    [Test]
    public void Loop_reaches_a_fixed_point() =>
        Assert.That(Before(new ToyProgram("set i\n head: if out\n set x\n goto head\n out: exit"), "out"), Is.EqualTo("may i,x; must i"));

    [Test]
    public void Handler_sees_every_point_of_the_try_range()
    {
        ToyProgram program = new ToyProgram("set a\n try: set b\n clear b\n set c\n leave out\n handler: leave out\n out: exit").Catch("try", "handler", "handler", "out");

        Assert.That(Before(program, "handler"), Is.EqualTo("may a,b,c; must a"));
    }

    [Test]
    public void Code_after_a_leave_sees_what_the_finally_did()
    {
        ToyProgram program = new ToyProgram("try: set a\n leave out\n fin: set f\n endfinally\n out: exit").Finally("try", "fin", "fin", "out");

        // Not "must a": the finally is one piece of code for the leave and for exceptions raised before the assignment.
        Assert.That(Before(program, "out"), Is.EqualTo("may a,f; must f"));
    }

    [Test]
    public void Filter_runs_before_the_inner_finally_and_the_handler_after_it()
    {
        // try { try { evil; throw } finally { clear evil; safe } } filter ... handler
        ToyProgram program = new ToyProgram("try: set evil\n exit\n fin: clear evil\n set safe\n endfinally\n filter: endfilter\n accept: leave out\n out: exit")
            .Finally("try", "fin", "fin", "filter").Filter("try", "filter", "filter", "accept", "out");

        Assert.That(Before(program, "filter"), Does.Contain("may evil"), "the filter sees the throw point itself");
        Assert.That(Before(program, "accept"), Does.Contain("safe"), "the handler sees the finally's effect too");
    }

    [Test]
    public void Finally_sees_what_a_filter_around_it_wrote()
    {
        ToyProgram program = new ToyProgram("try: leave out\n fin: endfinally\n filter: set evil\n endfilter\n accept: leave out\n out: exit")
            .Finally("try", "fin", "fin", "filter").Filter("try", "filter", "filter", "accept", "out");

        Assert.That(Before(program, "fin"), Is.EqualTo("may evil; must "));
    }

    [Test]
    public void Unreachable_blocks_have_no_state() =>
        Assert.That(Solve(new ToyProgram("goto live\n dead: nop\n exit\n live: exit"))[1], Is.Null);

    [Test]
    public void Long_chain_of_diamonds_is_solved_in_linear_work()
    {
        string text = string.Join("\n", Enumerable.Range(0, 2000).Select(i => $"d{i}: if e{i}\n set x{i % 7}\n e{i}: nop")) + "\nexit";
        var program = new ToyProgram(text);
        var problem = new AssignedProblem(program);

        ForwardSolver.Solve(ControlFlowGraphBuilder.Build(program), problem);

        Assert.That(problem.Transfers, Is.LessThanOrEqualTo(2 * program.Count));
    }

    private static AssignedProblem.State?[] Solve(ToyProgram program) => ForwardSolver.Solve(ControlFlowGraphBuilder.Build(program), new AssignedProblem(program));

    private static string Before(ToyProgram program, string label) =>
        Solve(program)[ControlFlowGraphBuilder.Build(program).BlockOf(program.At(label)).Index]!.ToString();
}
