using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Dataflow;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Provenance;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Displacement;

/// <summary>What the accesses through raw pointers of one member need, given all that is proven on the way to them.</summary>
internal sealed class DisplacementAnalysis
{
    private readonly Dictionary<(Instruction Instruction, int Depth), AccessNeed> _needs = [];

    public DisplacementAnalysis(MemberAnalysis analysis, WeaverOptions options)
    {
        var rule = new AccessRule(options);
        var problem = new DisplacementProblem(analysis, rule);
        DisplacementState?[] states = ForwardSolver.Solve(analysis.Graph, problem);
        foreach (BasicBlock block in analysis.Graph.Blocks)
        {
            if (states[block.Index] is { } state)
            {
                Look(block, analysis, rule, problem, state);
            }
        }
    }

    /// <summary>What an operand of an instruction needs; the operand is one that <see cref="AccessRule.Covers"/>.</summary>
    public AccessNeed NeedOf(Instruction instruction, int depth) => _needs.GetValueOrDefault((instruction, depth), AccessNeed.OfOperand);

    private void Look(BasicBlock block, MemberAnalysis analysis, AccessRule rule, DisplacementProblem problem, DisplacementState state)
    {
        state.Frame = analysis.StateAt(block);
        for (int i = block.Range.Start; i < block.Range.End; i++)
        {
            Instruction instruction = analysis.Member[i];
            foreach (Access access in analysis.AccessesOf(instruction, state.Frame!))
            {
                if (AccessRule.Covers(access))
                {
                    _needs[(instruction, access.Depth)] = rule.Need(access, instruction, state);
                }
            }

            problem.Transfer(i, state);
        }
    }
}
