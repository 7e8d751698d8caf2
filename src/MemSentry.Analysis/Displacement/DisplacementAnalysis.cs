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
    private readonly Dictionary<(Instruction Instruction, int Depth), Instruction> _maskedBases = [];

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

    /// <summary>The instruction behind which the mask of an operand goes, if it is one of what the operand is displaced from; null for a mask of the operand itself.</summary>
    public Instruction? MaskedBaseOf(Instruction instruction, int depth) => _maskedBases.GetValueOrDefault((instruction, depth));

    private void Look(BasicBlock block, MemberAnalysis analysis, AccessRule rule, DisplacementProblem problem, DisplacementState state)
    {
        state.Frame = analysis.StateAt(block);
        MaskedBases? bases = rule.MasksBases ? new MaskedBases(state.Depth) : null;
        var uses = new Dictionary<int, MaskUse>();
        for (int i = block.Range.Start; i < block.Range.End; i++)
        {
            Instruction instruction = analysis.Member[i];
            uses.Clear();
            foreach (Access access in analysis.AccessesOf(instruction, state.Frame!))
            {
                if (AccessRule.Covers(access))
                {
                    AccessNeed need = rule.Need(access, instruction, state);
                    _needs[(instruction, access.Depth)] = need;
                    uses[access.Depth] = rule.MaskUseOf(access, instruction, need);
                }
            }

            (MaskedBase? Base, Interval Distance) moved = bases?.Moved(instruction, state) ?? default;
            problem.Transfer(i, state);
            bases?.Follow(instruction, moved, uses.GetValueOrDefault, DisplacementTransfer.Pushed(instruction), state);
        }

        foreach (MaskedBase found in bases?.AtEnd() ?? [])
        {
            foreach ((Instruction Instruction, int Depth) access in found.Accesses)
            {
                _maskedBases[access] = found.Producer;
            }
        }
    }
}
