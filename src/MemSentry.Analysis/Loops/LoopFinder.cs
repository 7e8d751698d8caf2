using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Members;

namespace MemSentry.Analysis.Loops;

/// <summary>
/// Finds the loops of a member that can be given an entry of their own: natural ones, entered by branches or by running on, and inside one
/// protected region with all of these. Other loops are left as they are.
/// </summary>
internal sealed class LoopFinder
{
    /// <summary>The header's test is copied: so many instructions at most.</summary>
    private const int MostCopied = 24;

    private readonly CilMember _member;
    private readonly ControlFlowGraph _graph;

    private LoopFinder(CilMember member, ControlFlowGraph graph)
    {
        _member = member;
        _graph = graph;
    }

    /// <summary>The loops, in order of their headers.</summary>
    public static IReadOnlyList<Loop> Find(CilMember member, ControlFlowGraph graph)
    {
        var finder = new LoopFinder(member, graph);
        return [.. NaturalLoop.Find(graph).Select(finder.LoopOf).OfType<Loop>().DistinctBy(l => l.After)];
    }

    private Loop? LoopOf(NaturalLoop loop)
    {
        if (loop.Entries.Count == 0 || loop.Entries.Any(e => e.Kind != EdgeKind.Normal))
        {
            return null;
        }

        BasicBlock header = _graph.Blocks[loop.Header];
        int[] last = [.. loop.Entries.Select(e => _graph.Blocks[e.Target].Range.End - 1)];
        BasicBlock first = FirstIn(header, loop.Blocks) ?? header;
        return RoomFor(header, first, last) is { } after && Array.TrueForAll([.. last, after, first.Range.Start], i => AreInOneRegion(i, header.Range.Start))
            ? new Loop(header, last, first, after, loop.Blocks)
            : null;
    }

    /// <summary>Where the header's test leads into the loop, if it can lead out as well and is short enough to be copied.</summary>
    private BasicBlock? FirstIn(BasicBlock header, IReadOnlySet<int> blocks)
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
