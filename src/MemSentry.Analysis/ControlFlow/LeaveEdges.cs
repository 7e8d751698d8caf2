namespace MemSentry.Analysis.ControlFlow;

/// <summary>
/// The edges of <c>leave</c>: to the first of the finally handlers between it and its target, innermost first, from the ends of each to the next, and from
/// there to the target.
/// <para>What clauses have to do with a block, or with a handler, is found once. A member with thousands of clauses has as many <c>leave</c>.</para>
/// </summary>
internal sealed class LeaveEdges
{
    private readonly IInstructionSequence _member;
    private readonly int[] _blockOf;
    private readonly EdgeSet _edges;
    private readonly ILookup<int, ExceptionClause> _finallyAround;
    private readonly ILookup<int, InstructionRange> _cleanupsFrom;
    private readonly Dictionary<InstructionRange, int[]> _ends = [];

    public LeaveEdges(IInstructionSequence member, InstructionRange[] ranges, int[] blockOf, EdgeSet edges)
    {
        _member = member;
        _blockOf = blockOf;
        _edges = edges;
        _finallyAround = member.Clauses.Where(c => c.Kind == ClauseKind.Finally)
            .SelectMany(c => LeavingBlocksIn(c.Try, ranges).Select(block => (Block: block, Clause: c)))
            .ToLookup(p => p.Block, p => p.Clause);
        _cleanupsFrom = member.Clauses.Where(c => c.IsCleanup).ToLookup(c => c.Handler.Start, c => c.Handler);
    }

    /// <summary>Adds those of one <c>leave</c>.</summary>
    public void Add(int leave, int target)
    {
        int[] from = [_blockOf[leave]];
        foreach (ExceptionClause clause in _finallyAround[_blockOf[leave]].Where(c => !c.Try.Contains(target)))
        {
            Connect(from, _blockOf[clause.Handler.Start]);
            from = EndsOf(clause.Handler);
        }

        Connect(from, _blockOf[target]);
    }

    private IEnumerable<int> LeavingBlocksIn(InstructionRange range, InstructionRange[] ranges)
    {
        for (int block = _blockOf[range.Start]; block < ranges.Length && ranges[block].Start < range.End; block++)
        {
            if (_member.FlowOf(ranges[block].End - 1) == FlowKind.Leave)
            {
                yield return block;
            }
        }
    }

    private void Connect(int[] from, int to)
    {
        foreach (int block in from)
        {
            _edges.Add(block, to, EdgeKind.Leave);
        }
    }

    /// <summary>Blocks that end the handler itself; the endfinally of a handler nested inside it belongs to the nested one.</summary>
    private int[] EndsOf(InstructionRange handler)
    {
        if (_ends.TryGetValue(handler, out int[]? known))
        {
            return known;
        }

        var ends = new List<int>();
        var nested = new List<InstructionRange>();
        for (int i = handler.Start; i < handler.End; i++)
        {
            nested.AddRange(_cleanupsFrom[i].Where(h => h != handler && handler.Contains(h)));
            if (_member.FlowOf(i) == FlowKind.EndFinally && !nested.Exists(h => h.Contains(i)))
            {
                ends.Add(_blockOf[i]);
            }
        }

        return _ends[handler] = [.. ends];
    }
}
