using System.Collections.Immutable;
using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Dataflow;
using MemSentry.Analysis.Provenance;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Origins;

/// <summary>The origins of what one member accesses.</summary>
/// <param name="analysis">The member.</param>
internal sealed class MemberOrigins(MemberAnalysis analysis)
{
    /// <summary>
    /// The origins of each operand through which memory is accessed, by instruction and depth. A number that is used as an address has none, so the access counts as
    /// the origin.
    /// </summary>
    /// <param name="isWanted">Which operands to look at.</param>
    public Dictionary<(Instruction Instruction, int Depth), ImmutableHashSet<ValueOrigin>> Find(Func<Access, bool> isWanted)
    {
        var problem = new OriginProblem(analysis);
        OriginState?[] states = ForwardSolver.Solve(analysis.Graph, problem);
        var found = new Dictionary<(Instruction, int), ImmutableHashSet<ValueOrigin>>();
        foreach (BasicBlock block in analysis.Graph.Blocks)
        {
            if (states[block.Index]?.Copy() is { } state)
            {
                state.Frame = analysis.StateAt(block);
                Look(block, state, problem, isWanted, found);
            }
        }

        return found;
    }

    private void Look(
        BasicBlock block, OriginState state, OriginProblem problem, Func<Access, bool> isWanted, Dictionary<(Instruction Instruction, int Depth), ImmutableHashSet<ValueOrigin>> found)
    {
        for (int i = block.Range.Start; i < block.Range.End; i++)
        {
            Instruction instruction = analysis.Member[i];
            foreach (Access access in analysis.AccessesOf(instruction, state.Frame!))
            {
                if (isWanted(access))
                {
                    ImmutableHashSet<ValueOrigin> origins = state.Peek(access.Depth).Origins;
                    found[(instruction, access.Depth)] = origins.IsEmpty ? [new ValueOrigin(OriginKind.Instruction, i)] : origins;
                }
            }

            problem.Transfer(i, state);
        }
    }
}
