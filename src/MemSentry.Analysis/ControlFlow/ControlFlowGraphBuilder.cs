namespace MemSentry.Analysis.ControlFlow;

/// <summary>
/// Builds the control-flow graph of a member.
/// <para>
/// Normal edges are the usual ones. A <c>leave</c> runs the finally handlers between it and its target, innermost first, so its edge goes
/// to the first of them and every <c>endfinally</c> gets an edge to each place a leave through it can go on to.
/// </para>
/// <para>
/// Exceptions are two-pass (ECMA-335 I.12.4.2.5): filters run in the first pass, before any inner finally; handlers run in the second,
/// after them. Any instruction may raise, so the state of <em>every point</em> of a protected block flows along its unwind edges:
/// </para>
/// <list type="bullet">
/// <item>from each block of the try range to the filter and to the handler. The try range includes the inner handlers, so a handler
/// sees the throw points both without the effect of inner finally blocks (nothing ran between) and with it;</item>
/// <item>from each block of a filter to its own handler, to the entries of the clauses that protect the same range, and to the
/// finally and fault handlers inside that range: all of these run after the filter and see what it wrote. Clauses around the filter see
/// it already, since it lies in their try range.</item>
/// </list>
/// <para>The result may contain edges that never execute; it lacks none that may.</para>
/// </summary>
public static class ControlFlowGraphBuilder
{
    /// <summary>Builds the graph.</summary>
    /// <exception cref="MalformedFlowException">A target lies outside the member, or control runs off its end.</exception>
    public static ControlFlowGraph Build(IInstructionSequence member)
    {
        InstructionRange[] ranges = BlockRanges(member);
        int[] blockOf = BlockOfEachInstruction(member, ranges);
        var edges = new EdgeSet(ranges.Length);
        AddNormalEdges(member, ranges, blockOf, edges);
        AddUnwindEdges(member, ranges, blockOf, edges);

        var blocks = new BasicBlock[ranges.Length];
        for (int i = 0; i < blocks.Length; i++)
        {
            blocks[i] = new BasicBlock(i, ranges[i], edges.From(i));
        }

        return new ControlFlowGraph(blocks, blockOf);
    }

    private static InstructionRange[] BlockRanges(IInstructionSequence member)
    {
        var leader = new bool[member.Count + 1];
        leader[0] = true;
        for (int i = 0; i < member.Count; i++)
        {
            foreach (int target in member.TargetsOf(i))
            {
                leader[Checked(member, target)] = true;
            }

            leader[i + 1] |= member.FlowOf(i) != FlowKind.Next;
        }

        foreach (ExceptionClause clause in member.Clauses)
        {
            foreach (InstructionRange range in new[] { clause.Try, clause.Handler, clause.Filter ?? clause.Handler })
            {
                leader[Checked(member, range.Start)] = true;
                leader[range.End] = true;
            }
        }

        var ranges = new List<InstructionRange>();
        int start = 0;
        for (int i = 1; i <= member.Count; i++)
        {
            if (i == member.Count || leader[i])
            {
                ranges.Add(new InstructionRange(start, i));
                start = i;
            }
        }

        return [.. ranges];
    }

    private static int Checked(IInstructionSequence member, int target) =>
        target >= 0 && target < member.Count ? target : throw new MalformedFlowException($"a branch or clause leads to instruction {target} of {member.Count}");

    private static int[] BlockOfEachInstruction(IInstructionSequence member, InstructionRange[] ranges)
    {
        var blockOf = new int[member.Count];
        for (int block = 0; block < ranges.Length; block++)
        {
            Array.Fill(blockOf, block, ranges[block].Start, ranges[block].End - ranges[block].Start);
        }

        return blockOf;
    }

    private static void AddNormalEdges(IInstructionSequence member, InstructionRange[] ranges, int[] blockOf, EdgeSet edges)
    {
        LeaveEdges? leaves = null;
        for (int block = 0; block < ranges.Length; block++)
        {
            int last = ranges[block].End - 1;
            FlowKind flow = member.FlowOf(last);
            if (flow == FlowKind.Leave)
            {
                leaves ??= new LeaveEdges(member, ranges, blockOf, edges);
                leaves.Add(last, member.TargetsOf(last)[0]);
                continue;
            }

            foreach (int target in member.TargetsOf(last))
            {
                edges.Add(block, blockOf[target], EdgeKind.Normal);
            }

            if (flow is FlowKind.Next or FlowKind.ConditionalBranch)
            {
                if (last + 1 == member.Count)
                {
                    throw new MalformedFlowException("control runs off the end");
                }

                edges.Add(block, blockOf[last + 1], EdgeKind.Normal);
            }
        }
    }

    private static void AddUnwindEdges(IInstructionSequence member, InstructionRange[] ranges, int[] blockOf, EdgeSet edges)
    {
        foreach (ExceptionClause clause in member.Clauses)
        {
            AddEntries(clause.Try, clause);
            if (clause.Filter is { } filter)
            {
                AddEntries(filter, clause, handlerOnly: true);
                foreach (ExceptionClause other in member.Clauses)
                {
                    if (other != clause && (other.Try == clause.Try || (other.IsCleanup && clause.Try.Contains(other.Try))))
                    {
                        AddEntries(filter, other);
                    }
                }
            }
        }

        void AddEntries(InstructionRange source, ExceptionClause clause, bool handlerOnly = false)
        {
            EdgeKind kind = clause.PushesException ? EdgeKind.UnwindToCatch : EdgeKind.UnwindToCleanup;
            for (int block = blockOf[source.Start]; block < ranges.Length && ranges[block].Start < source.End; block++)
            {
                edges.Add(block, blockOf[clause.Handler.Start], kind);
                if (clause.Filter is { } filter && !handlerOnly)
                {
                    edges.Add(block, blockOf[filter.Start], kind);
                }
            }
        }
    }
}
