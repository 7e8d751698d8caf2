using MemSentry.Analysis.ControlFlow;

namespace MemSentry.Analysis.Loops;

/// <summary>A natural loop (Aho, Lam, Sethi and Ullman, Compilers, 9.6.6): blocks that are entered only through a header, and come back to it.</summary>
/// <param name="Header">The index of the header.</param>
/// <param name="Blocks">The indexes of all its blocks.</param>
/// <param name="Entries">The edges into the header from outside, each with the block that it comes from as its target.</param>
internal sealed record NaturalLoop(int Header, IReadOnlySet<int> Blocks, IReadOnlyList<Edge> Entries)
{
    /// <summary>What is saved in a larger loop is little, and to look at it from every header inside would cost the square.</summary>
    private const int MostBlocks = 256;

    /// <summary>The loops of a graph, in order of their headers. Cycles that can be entered elsewhere, or are too large, are left out.</summary>
    public static IEnumerable<NaturalLoop> Find(ControlFlowGraph graph)
    {
        var ways = new List<Edge>[graph.Blocks.Count];
        var rank = new int[graph.Blocks.Count];
        int visited = 0;
        foreach (int block in graph.ReversePostOrder())
        {
            rank[block] = ++visited;
            foreach (Edge edge in graph.Blocks[block].Successors)
            {
                (ways[edge.Target] ??= []).Add(edge with { Target = block });
            }
        }

        for (int header = 1; header < ways.Length; header++)
        {
            int[] latches = [.. (ways[header] ?? []).Select(w => w.Target).Where(w => rank[w] >= rank[header])];
            if (latches.Length > 0 && Collect(header, latches, ways) is { } blocks)
            {
                yield return new NaturalLoop(header, blocks, ways[header].FindAll(w => !blocks.Contains(w.Target)));
            }
        }
    }

    /// <summary>The blocks from which the latches are reached without passing the header; null if one of them can be entered otherwise, or if they are too many.</summary>
    private static HashSet<int>? Collect(int header, int[] latches, List<Edge>[] ways)
    {
        HashSet<int> blocks = [header];
        var open = new Stack<int>(latches);
        while (open.TryPop(out int block))
        {
            if (!blocks.Add(block))
            {
                continue;
            }

            if (block == 0 || blocks.Count > MostBlocks)
            {
                return null;
            }

            foreach (Edge way in ways[block])
            {
                open.Push(way.Target);
            }
        }

        return blocks;
    }
}
