using MemSentry.Analysis.ControlFlow;

namespace MemSentry.Analysis.Dataflow;

/// <summary>
/// Worklist iteration to the least fixed point (Kildall 1973; Nielson, Nielson and Hankin, Principles of Program Analysis, 2.4).
/// Blocks wait in reverse post-order, so that a block is usually visited after its predecessors.
/// </summary>
public static class ForwardSolver
{
    /// <summary>Solves a problem.</summary>
    /// <returns>The state before each block; null for blocks that cannot be reached.</returns>
    public static TState?[] Solve<TState>(ControlFlowGraph graph, IForwardProblem<TState> problem)
        where TState : class
    {
        IReadOnlyList<int> order = graph.ReversePostOrder();
        var rank = new int[graph.Blocks.Count];
        for (int i = 0; i < order.Count; i++)
        {
            rank[order[i]] = i;
        }

        var before = new TState?[graph.Blocks.Count];
        before[0] = problem.AtEntry();
        var work = new PriorityQueue<int, int>();
        var queued = new bool[graph.Blocks.Count];
        Enqueue(0);
        while (work.TryDequeue(out int index, out _))
        {
            queued[index] = false;
            Visit(graph.Blocks[index], problem.Copy(before[index]!));
        }

        return before;

        void Visit(BasicBlock block, TState state)
        {
            Unwind(block, state);
            for (int i = block.Range.Start; i < block.Range.End; i++)
            {
                problem.Transfer(i, state);
                if (problem.MattersToHandlers(i))
                {
                    Unwind(block, state);
                }
            }

            foreach (Edge edge in block.Successors)
            {
                if (edge.Kind == EdgeKind.Leave)
                {
                    TState left = problem.Copy(state);
                    problem.ClearStack(left);
                    Flow(left, edge.Target);
                }
                else if (edge.Kind == EdgeKind.Normal)
                {
                    Flow(state, edge.Target);
                }
            }
        }

        void Unwind(BasicBlock block, TState raised)
        {
            foreach (Edge edge in block.Successors)
            {
                if (edge.IsUnwind)
                {
                    Flow(problem.EnterHandler(raised, edge.Kind == EdgeKind.UnwindToCatch), edge.Target);
                }
            }
        }

        void Flow(TState left, int target)
        {
            TState state = problem.Arrive(left, target);
            if (before[target] is { } known)
            {
                if (!problem.Join(known, state))
                {
                    return;
                }
            }
            else
            {
                before[target] = state == left ? problem.Copy(state) : state;
            }

            Enqueue(target);
        }

        void Enqueue(int block)
        {
            if (!queued[block])
            {
                queued[block] = true;
                work.Enqueue(block, rank[block]);
            }
        }
    }
}
