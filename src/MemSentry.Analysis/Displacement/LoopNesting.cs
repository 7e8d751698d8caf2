using MemSentry.Analysis.ControlFlow;

namespace MemSentry.Analysis.Displacement;

/// <summary>
/// How often a block is likely to run. A guess for what pays, on which no proof rests: whatever lies between the target of a jump back and the jump counts
/// as its loop.
/// </summary>
internal static class LoopNesting
{
    private const int DeepestShift = 24;
    private const int ShiftPerLoop = 3;

    /// <summary>A weight for each block, eight times as much for each loop around it.</summary>
    public static long[] WeightsOf(ControlFlowGraph graph)
    {
        var opened = new int[graph.Blocks.Count + 1];
        foreach ((int first, int last) in LoopsOf(graph))
        {
            opened[first]++;
            opened[last + 1]--;
        }

        var weights = new long[graph.Blocks.Count];
        int depth = 0;
        for (int block = 0; block < weights.Length; block++)
        {
            depth += opened[block];
            weights[block] = 1L << Math.Min(DeepestShift, depth * ShiftPerLoop);
        }

        return weights;
    }

    /// <summary>A loop for each block that is jumped back to, up to the last jump there.</summary>
    private static IEnumerable<(int First, int Last)> LoopsOf(ControlFlowGraph graph) =>
        from block in graph.Blocks
        from edge in block.Successors
        where edge.Target <= block.Index
        group block.Index by edge.Target into jumps
        select (jumps.Key, jumps.Max());
}
