using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Provenance;

namespace MemSentry.Analysis.Planning;

/// <summary>
/// Finds variables of which a masked copy pays: it is masked where the variable changes, and loaded in place of the variable where accesses are displaced from
/// it, so that a loop over an unchanging base masks nothing.
/// <para>
/// Argument: where the copy is loaded, it is what a mask of the variable would be there. It is masked at the entry, before each store to the variable and behind
/// whatever ends proofs, wherever an access may follow; and nothing else changes a variable whose address is not taken. A mask
/// has no effect that anybody could see, so unlike a check it may run although no access follows.
/// </para>
/// <para>Members with protected blocks do without: an exception may come between any two instructions, and behind it no number is believed.</para>
/// </summary>
internal static class MaskedCopyPlanner
{
    /// <summary>Takes loads of variables out of the masked bases of a plan, and puts copies in.</summary>
    public static void Plan(MemberAnalysis analysis, MemberPlanDraft draft)
    {
        if (analysis.Member.Clauses.Count > 0 || draft.MaskedBases.Count == 0)
        {
            return;
        }

        MaskedLoads loads = MaskedLoads.Of(analysis, draft.MaskedBases, [.. draft.MaskedCopies.Select(c => c.Variable)]);
        if (loads.Variables.Count == 0)
        {
            return;
        }

        CopyEvents[] events = [.. analysis.Graph.Blocks.Select(b => CopyEvents.Of(b, analysis, loads))];
        ulong[] liveAtEnd = LiveAtEnd(analysis.Graph, events);
        var costs = new CopyCosts(analysis.Graph, events, liveAtEnd, loads.Variables.Count);
        ulong unfit = events.Aggregate(0UL, (bits, e) => bits | e.Unfit);
        for (int copy = 0; copy < loads.Variables.Count; copy++)
        {
            if ((unfit & (1UL << copy)) == 0 && costs.Pays(copy))
            {
                MaskedCopy planned = costs.CopyOf(copy, analysis.Variables.DefinitionOf(loads.Variables[copy]), analysis.Held);
                draft.MaskedBases.ExceptWith(planned.Loads);
                draft.MaskedCopies.Add(planned);
            }
        }
    }

    /// <summary>Which copies may be loaded behind each block before they are masked anew (Nielson, Nielson and Hankin, 2.1.4: live variables).</summary>
    private static ulong[] LiveAtEnd(ControlFlowGraph graph, CopyEvents[] events)
    {
        var live = new ulong[graph.Blocks.Count];
        BasicBlock[] backwards = [.. graph.ReversePostOrder().Reverse().Select(b => graph.Blocks[b])];
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (BasicBlock block in backwards)
            {
                ulong found = block.Successors.Aggregate(0UL, (bits, edge) => bits | events[edge.Target].LiveBefore(live[edge.Target]));
                changed |= found != live[block.Index];
                live[block.Index] = found;
            }
        }

        return live;
    }
}
