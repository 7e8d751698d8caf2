using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Members;

namespace MemSentry.Analysis.Loops;

/// <summary>
/// Finds the loops of a member that can be given an entry of their own: natural ones, entered by branches or by running on, and inside one
/// protected region with all of these. Other loops are left as they are.
/// </summary>
internal sealed class LoopFinder
{
    /// <summary>What is saved in a larger loop is little, and to look at it from every header inside would cost the square.</summary>
    private const int MostBlocks = 256;

    /// <summary>The header's test is copied: so many instructions at most.</summary>
    private const int MostCopied = 24;

    private readonly CilMember _member;
    private readonly ControlFlowGraph _graph;
    private readonly List<Edge>[] _ways;
    private readonly int[] _rank;

    private LoopFinder(CilMember member, ControlFlowGraph graph)
    {
        _member = member;
        _graph = graph;
        _ways = new List<Edge>[graph.Blocks.Count];
        _rank = new int[graph.Blocks.Count];
        int rank = 0;
        foreach (int block in graph.ReversePostOrder())
        {
            _rank[block] = ++rank;
            foreach (Edge edge in graph.Blocks[block].Successors)
            {
                (_ways[edge.Target] ??= []).Add(edge with { Target = block });
            }
        }
    }

    /// <summary>The loops, in order of their headers.</summary>
    public static IReadOnlyList<Loop> Find(CilMember member, ControlFlowGraph graph)
    {
        var finder = new LoopFinder(member, graph);
        return [.. graph.Blocks.Select(finder.LoopOf).OfType<Loop>().DistinctBy(l => l.After)];
    }

    private Loop? LoopOf(BasicBlock header)
    {
        if (header.Index == 0 || _ways[header.Index] is not { Count: > 1 } ways || !ways.Exists(w => _rank[w.Target] >= _rank[header.Index]))
        {
            return null;
        }

        HashSet<int>? blocks = Collect(header.Index, ways.Where(w => _rank[w.Target] >= _rank[header.Index]).Select(w => w.Target));
        Edge[] waysIn = blocks is null ? [] : [.. ways.Where(w => !blocks.Contains(w.Target))];
        if (waysIn.Length == 0 || waysIn.Any(w => w.Kind != EdgeKind.Normal))
        {
            return null;
        }

        int[] last = [.. waysIn.Select(w => _graph.Blocks[w.Target].Range.End - 1)];
        BasicBlock first = FirstIn(header, blocks!) ?? header;
        return RoomFor(header, first, last) is { } after && Array.TrueForAll([.. last, after, first.Range.Start], i => AreInOneRegion(i, header.Range.Start))
            ? new Loop(header, last, first, after)
            : null;
    }

    /// <summary>The blocks from which the latches are reached without passing the header; null if one of them can be entered otherwise, or if they are too many.</summary>
    private HashSet<int>? Collect(int header, IEnumerable<int> latches)
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

            foreach (Edge way in _ways[block])
            {
                open.Push(way.Target);
            }
        }

        return blocks;
    }

    /// <summary>Where the header's test leads into the loop, if it can lead out as well and is short enough to be copied.</summary>
    private BasicBlock? FirstIn(BasicBlock header, HashSet<int> blocks)
    {
        bool tests = _member.FlowOf(header.Range.End - 1) == FlowKind.ConditionalBranch && _member.TargetsOf(header.Range.End - 1).Count == 1
            && header.Range.End - header.Range.Start <= MostCopied;
        int[] ways = tests ? [.. header.Successors.Where(e => e.Kind == EdgeKind.Normal).Select(e => e.Target)] : [];
        return ways is [var a, var b] && blocks.Contains(a) != blocks.Contains(b) ? _graph.Blocks[blocks.Contains(a) ? a : b] : null;
    }

    /// <summary>
    /// Where code on the way in can stand: behind the block that runs on into the header, if there is one, in the place of a jump to it, or before the first block of the
    /// loop, if nothing runs on into that. Null if a way in is a switch.
    /// </summary>
    private int? RoomFor(BasicBlock header, BasicBlock first, int[] waysIn)
    {
        if (Array.Exists(waysIn, w => _member.TargetsOf(w).Count > 1))
        {
            return null;
        }

        int before = header.Range.Start - 1;
        if (Array.IndexOf(waysIn, before) >= 0 && RunsOn(before))
        {
            return _member.TargetsOf(before).Contains(header.Range.Start) ? null : before;
        }

        int jump = Array.FindIndex(waysIn, w => _member.FlowOf(w) == FlowKind.Branch);
        return jump >= 0 ? waysIn[jump] : first != header && first.Range.Start > 0 && !RunsOn(first.Range.Start - 1) ? first.Range.Start - 1 : null;
    }

    private bool RunsOn(int instruction) => _member.FlowOf(instruction) is FlowKind.Next or FlowKind.ConditionalBranch;

    private bool AreInOneRegion(int a, int b) =>
        _member.Clauses.All(c => c.Try.Contains(a) == c.Try.Contains(b) && c.Handler.Contains(a) == c.Handler.Contains(b) && c.Filter?.Contains(a) == c.Filter?.Contains(b));
}
