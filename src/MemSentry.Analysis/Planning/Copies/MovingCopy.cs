using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Displacement;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning.Copies;

/// <summary>
/// What happens to the masked copy of one variable, block by block: accesses through it, steps that it takes with the variable, and what it has to be masked again for.
/// </summary>
internal sealed class MovingCopy
{
    private readonly ControlFlowGraph _graph;
    private readonly List<CopyEvent>[] _events;
    private readonly bool[] _isLive;

    public MovingCopy(MemberAnalysis analysis, MovingUses moving, int variable, IEnumerable<MovingUse> uses)
    {
        _graph = analysis.Graph;
        Variable = variable;
        Uses = [.. uses];
        ILookup<Instruction, MovingUse> byInstruction = Uses.ToLookup(u => u.Instruction);
        _events = [.. _graph.Blocks.Select(b => Read(b, analysis, moving, byInstruction))];
        _isLive = FindLive();
    }

    /// <summary>The variable.</summary>
    public int Variable { get; }

    /// <summary>The accesses that would go through the copy.</summary>
    public IReadOnlyList<MovingUse> Uses { get; }

    /// <summary>Whether something else than a native integer is stored in the variable: that cannot be masked.</summary>
    public bool IsUnfit { get; private set; }

    /// <summary>What happens in a block, in its order.</summary>
    public IReadOnlyList<CopyEvent> In(BasicBlock block) => _events[block.Index];

    /// <summary>Whether an access may follow on the copy before it is masked again.</summary>
    public bool IsLiveAt(BasicBlock block) => _isLive[block.Index];

    /// <summary>The events of a block from the last to the first, with whether an access may follow on each.</summary>
    public IEnumerable<(CopyEvent Event, bool IsLive)> FromTheEnd(BasicBlock block)
    {
        bool live = block.Successors.Any(e => _isLive[e.Target]);
        for (int i = _events[block.Index].Count - 1; i >= 0; i--)
        {
            CopyEvent found = _events[block.Index][i];
            yield return (found, live);
            live = found.Kind == CopyEventKind.Use || (live && found.Kind == CopyEventKind.Step);
        }
    }

    private List<CopyEvent> Read(BasicBlock block, MemberAnalysis analysis, MovingUses moving, ILookup<Instruction, MovingUse> uses)
    {
        List<CopyEvent> events = [];
        if (analysis.StateAt(block) is not { } state)
        {
            return events;
        }

        for (int i = block.Range.Start; i < block.Range.End; i++)
        {
            Instruction instruction = analysis.Member[i];
            foreach (MovingUse use in uses[instruction])
            {
                events.Add(new CopyEvent(CopyEventKind.Use, instruction, use.Distance, use.IsEvidence));
            }

            if (Held.HeldTransfer.IsStore(instruction) && analysis.Variables.VariableOf(instruction) == Variable)
            {
                IsUnfit |= state.Peek(0).Kind != StackKind.NativeInt;
                events.Add(moving.StepOf(instruction) is { } step ? new CopyEvent(CopyEventKind.Step, instruction, step) : new CopyEvent(CopyEventKind.Store, instruction));
            }
            else if (analysis.EndsProofs(instruction))
            {
                events.Add(new CopyEvent(CopyEventKind.Call, instruction));
            }

            analysis.Execute(instruction, state);
        }

        return events;
    }

    /// <summary>Live variables (Nielson, Nielson and Hankin, 2.1.4). A step needs what it moves only if somebody needs the result.</summary>
    private bool[] FindLive()
    {
        var live = new bool[_graph.Blocks.Count];
        BasicBlock[] backwards = [.. _graph.ReversePostOrder().Reverse().Select(b => _graph.Blocks[b])];
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (BasicBlock block in backwards.Where(b => !live[b.Index]))
            {
                CopyEvent? first = _events[block.Index].Find(e => e.Kind != CopyEventKind.Step);
                live[block.Index] = first is { } e ? e.Kind == CopyEventKind.Use : block.Successors.Any(s => live[s.Target]);
                changed |= live[block.Index];
            }
        }

        return live;
    }
}
