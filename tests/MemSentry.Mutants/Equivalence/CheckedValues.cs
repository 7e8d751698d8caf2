using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Dataflow;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Equivalence;

/// <summary>Which values are checked at each point of a member.</summary>
internal sealed class CheckedValues
{
    private readonly MethodDefinition _member;
    private readonly ControlFlowGraph _graph;
    private readonly CheckedState?[] _states;

    public CheckedValues(MethodDefinition member, PointerTrust trust)
    {
        _member = member;
        var code = new CilMember(member.Body);
        Problem = new CheckedProblem(code, trust);
        _graph = ControlFlowGraphBuilder.Build(code);
        _states = ForwardSolver.Solve(_graph, Problem);
    }

    /// <summary>The problem, which knows the variables.</summary>
    public CheckedProblem Problem { get; }

    /// <summary>The state before an instruction; null if it cannot be reached.</summary>
    public CheckedState? Before(Instruction instruction)
    {
        int index = _member.Body.Instructions.IndexOf(instruction);
        BasicBlock block = _graph.BlockOf(index);
        if (_states[block.Index]?.Copy() is not { } state)
            return null;
        for (int i = block.Range.Start; i < index; i++)
            Problem.Transfer(i, state);
        Problem.NameTop(index, state);
        return state;
    }
}
