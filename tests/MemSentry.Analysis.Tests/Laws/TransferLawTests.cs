using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Dataflow;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using MemSentry.Analysis.Tests.Fixtures;
using MemSentry.Analysis.Trust;
using Mono.Cecil;

namespace MemSentry.Analysis.Tests.Laws;

/// <summary>
/// Every instruction of real bodies is monotone in trust: who believes less before it believes no more after it. The states before it are those that the
/// solver found, and those that other paths might have joined into them.
/// </summary>
[TestFixture(PointerTrust.Leaf)]
[TestFixture(PointerTrust.Frame)]
internal sealed class TransferLawTests(PointerTrust trust)
{
    private const int Tries = 4;

    private static readonly CSharpFixture Fixture = CSharpFixture.Compile(Bodies.Source, Microsoft.CodeAnalysis.OptimizationLevel.Debug);

    [Test]
    public void Instructions_are_monotone() => ForEachPoint((problem, instruction, state, random, where) =>
    {
        FrameState weaker = Weaken(state, random);
        Transfer(problem, instruction, state);
        if (Transfer(problem, instruction, weaker))
            AssertNoMoreTrusted(weaker, state, where);
    });

    [Test]
    public void Entries_of_handlers_are_monotone() => ForEachPoint((problem, _, state, random, where) =>
        AssertNoMoreTrusted(problem.EnterHandler(Weaken(state, random), true), problem.EnterHandler(state, true), where));

    [Test]
    public void Joins_of_states_say_whether_they_changed_anything() => ForEachPoint((_, _, state, random, where) =>
    {
        FrameState other = Weaken(state, random);
        FrameState joined = state.Copy();

        bool changed = joined.Join(other);

        Assert.That(changed, Is.EqualTo(!AreEqual(joined, state)), where);
        Assert.That(joined.Join(other), Is.False, $"{where}: the second time");
        Assert.That(joined.Join(state), Is.False, $"{where}: with itself before");
        AssertNoMoreTrusted(joined, state, where);
        AssertNoMoreTrusted(joined, other, where);
    });

    private void ForEachPoint(Action<ProvenanceProblem, int, FrameState, Random, string> law)
    {
        int points = 0;
        var random = new Random(7);
        var facts = new ModuleFacts(new ModuleMembers(Fixture.Module), Whitelist.Find(Fixture.Module, new WeaverOptions(), []), new WeaverOptions { Trust = trust });
        foreach (MethodDefinition method in Fixture.Module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody))
        {
            var member = new CilMember(method.Body);
            var variables = new MemberVariables(method.Body, facts.Types);
            var problem = new ProvenanceProblem(member, variables, new FrameTransfer(variables, facts.Types, facts.RuntimeTypes, facts.CallResults, facts.Leaves.EndProofs), trust);
            ControlFlowGraph graph = ControlFlowGraphBuilder.Build(member);
            FrameState?[] states = ForwardSolver.Solve(graph, problem);
            foreach (BasicBlock block in graph.Blocks.Where(b => states[b.Index] is not null))
            {
                FrameState state = states[block.Index]!.Copy();
                for (int i = block.Range.Start; i < block.Range.End; i++)
                {
                    for (int n = 0; n < Tries; n++)
                        law(problem, i, state.Copy(), random, $"{method.Name} {member[i]}");
                    problem.Transfer(i, state);
                    points++;
                }
            }
        }

        Assert.That(points, Is.GreaterThan(300));
    }

    private static bool Transfer(ProvenanceProblem problem, int instruction, FrameState state)
    {
        try
        {
            problem.Transfer(instruction, state);
            return true;
        }
        catch (NotModelledException)
        {
            return false;
        }
    }

    /// <summary>The join with what another path could have brought: a state above.</summary>
    private static FrameState Weaken(FrameState state, Random random)
    {
        FrameState other = state.Copy();
        for (int i = 0; i < other.Variables.Count; i++)
            other.Variables[i] = StackValues.Other(other.Variables[i], random);
        StackValue[] stack = [.. Enumerable.Range(0, other.Depth).Select(_ => StackValues.Other(other.Pop(), random)).Reverse()];
        Array.ForEach(stack, other.Push);

        FrameState joined = state.Copy();
        joined.Join(other);
        return joined;
    }

    private static void AssertNoMoreTrusted(FrameState weaker, FrameState stronger, string where)
    {
        Assert.That(weaker.Depth, Is.EqualTo(stronger.Depth), where);
        foreach ((StackValue weak, StackValue strong) in Slots(weaker).Zip(Slots(stronger)))
            Assert.That(StackValues.IsNoMoreTrusted(weak, strong), $"{where}: {weak} is believed more than {strong}");
    }

    private static bool AreEqual(FrameState a, FrameState b) => Slots(a).SequenceEqual(Slots(b));

    private static IEnumerable<StackValue> Slots(FrameState state) => [.. Enumerable.Range(0, state.Variables.Count).Select(i => state.Variables[i]), .. Enumerable.Range(0, state.Depth).Select(state.Peek)];
}
