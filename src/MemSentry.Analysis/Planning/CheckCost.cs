using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Displacement;
using MemSentry.Analysis.Provenance;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>How often the checks and masks of a plan are likely to run. A guess for what pays, on which no proof rests.</summary>
internal static class CheckCost
{
    /// <summary>The sum of the weights of the blocks that they lie in.</summary>
    public static long Of(MemberPlanDraft draft, MemberAnalysis analysis)
    {
        ILookup<Instruction, int> places = Places(draft).ToLookup(p => p, _ => 1);
        long[] weights = LoopNesting.WeightsOf(analysis.Graph);
        long cost = 0;
        foreach (BasicBlock block in analysis.Graph.Blocks)
        {
            for (int i = block.Range.Start; i < block.Range.End; i++)
            {
                cost += weights[block.Index] * places[analysis.Member[i]].Count();
            }
        }

        return cost;
    }

    private static IEnumerable<Instruction> Places(MemberPlanDraft draft) =>
    [
        .. draft.Checks.SelectMany(c => c.Operands.SelectMany(o => o.Checks.Select(_ => c.Target))),
        .. draft.VariableChecks.Select(c => c.Before),
        .. draft.BaseChecks.Select(c => c.Producer),
        .. draft.MaskedBases,
        .. draft.MaskedCopies.SelectMany(c => c.Stores.Concat(c.Calls)),
    ];
}
