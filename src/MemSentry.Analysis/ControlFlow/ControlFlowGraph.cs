using System.Collections.Immutable;

namespace MemSentry.Analysis.ControlFlow;

/// <summary>The basic blocks of a member. Block 0 is the entry. <see cref="ControlFlowGraphBuilder"/> says which edges there are and why.</summary>
public sealed class ControlFlowGraph
{
    private readonly int[] _blockOfInstruction;

    internal ControlFlowGraph(IReadOnlyList<BasicBlock> blocks, int[] blockOfInstruction)
    {
        Blocks = blocks;
        _blockOfInstruction = blockOfInstruction;
    }

    /// <summary>The blocks in order of their instructions.</summary>
    public IReadOnlyList<BasicBlock> Blocks { get; }

    /// <summary>The block an instruction lies in.</summary>
    public BasicBlock BlockOf(int instruction) => Blocks[_blockOfInstruction[instruction]];

    /// <summary>Indexes of the blocks that can be reached from the entry, each before its successors as far as loops allow.</summary>
    public IReadOnlyList<int> ReversePostOrder()
    {
        var order = new List<int>(Blocks.Count);
        var visited = new bool[Blocks.Count];
        var path = new Stack<(int Block, int NextEdge)>();
        path.Push((0, 0));
        visited[0] = true;
        while (path.TryPop(out (int Block, int NextEdge) top))
        {
            ImmutableArray<Edge> edges = Blocks[top.Block].Successors;
            if (top.NextEdge == edges.Length)
            {
                order.Add(top.Block);
                continue;
            }

            path.Push((top.Block, top.NextEdge + 1));
            int target = edges[top.NextEdge].Target;
            if (!visited[target])
            {
                visited[target] = true;
                path.Push((target, 0));
            }
        }

        order.Reverse();
        return order;
    }
}
