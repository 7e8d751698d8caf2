using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Displacement;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning.Copies;

/// <summary>
/// Finds variables that move on in small steps, as in <c>*p++ = x</c>, and of which a masked copy pays that moves with them: a step of the copy is one addition, and takes part in no chain of
/// others, where a mask behind each step takes two instructions that the access waits for.
/// <para>
/// Argument: where an access goes through the copy, at the distance that its address has from the variable, it goes where a mask of the variable would lead, as long as the mask
/// was not needed; and outside the block in any case (<see cref="CopyDistances"/>). The copy is masked at the entry, before each other store to the variable, and behind whatever ends proofs, wherever
/// an access may follow; and nothing else changes a variable whose address is not taken.
/// </para>
/// <para>Members with protected blocks do without: an exception may come between any two instructions, and behind it no number is believed.</para>
/// </summary>
internal sealed class MovingCopyPlanner
{
    private const long MaskCost = 3;
    private const long StepCost = 1;

    /// <summary>Each attempt to do without a volatile load goes through the member once.</summary>
    private const int MostTried = 16;

    private readonly MemberAnalysis _analysis;
    private readonly long[] _weights;
    private readonly Dictionary<(Instruction Access, int Depth), CopiedAddress> _addresses = [];
    private readonly HashSet<Instruction> _keptLoads = [];
    private readonly List<MaskedCopy> _copies = [];

    private MovingCopyPlanner(MemberAnalysis analysis, DisplacementAnalysis displacement)
    {
        _analysis = analysis;
        _weights = LoopNesting.WeightsOf(analysis.Graph);
        foreach (IGrouping<int, MovingUse> uses in displacement.MovingUses.Found.GroupBy(u => u.Variable))
        {
            bool isFollowed = analysis.Variables.OnEntry[uses.Key].Kind == StackKind.NativeInt && !analysis.Variables.AddressTaken[uses.Key];
            MovingUse[] left = [.. uses.Where(u => !_addresses.ContainsKey((u.Instruction, u.Depth)))];
            if (isFollowed && left.Length > 0)
            {
                Look(new MovingCopy(analysis, displacement.MovingUses, uses.Key, left));
            }
        }
    }

    /// <summary>The addresses that accesses consume in place of those on the stack.</summary>
    public IReadOnlyDictionary<(Instruction Access, int Depth), CopiedAddress> Addresses => _addresses;

    /// <summary>The copies.</summary>
    public IReadOnlyList<MaskedCopy> Copies => _copies;

    /// <summary>Loads that are made volatile, because the distances of copies rest on their being executed.</summary>
    public IReadOnlySet<Instruction> KeptLoads => _keptLoads;

    /// <summary>Plans; null if there is nothing to gain.</summary>
    public static MovingCopyPlanner? Of(MemberAnalysis analysis, DisplacementAnalysis displacement)
    {
        if (analysis.Member.Clauses.Count > 0 || displacement.MovingUses.Found.Count == 0)
        {
            return null;
        }

        var planner = new MovingCopyPlanner(analysis, displacement);
        return planner._copies.Count > 0 ? planner : null;
    }

    private void Look(MovingCopy copy)
    {
        if (copy.IsUnfit || Gain(copy) <= 0)
        {
            return;
        }

        if (LoadsToKeep(copy) is not { } kept)
        {
            return;
        }

        object definition = _analysis.Variables.DefinitionOf(copy.Variable);
        foreach (MovingUse use in copy.Uses)
        {
            _addresses.Add((use.Instruction, use.Depth), new CopiedAddress(definition, use.Distance));
        }

        _keptLoads.UnionWith(kept);

        CopyEvent[] live = [.. _analysis.Graph.Blocks.SelectMany(b => copy.FromTheEnd(b).Where(e => e.IsLive).Select(e => e.Event))];
        Instruction[] stores = [.. live.Where(e => e.Kind == CopyEventKind.Store).Select(e => e.Instruction)];
        _copies.Add(new MaskedCopy(
            definition,
            copy.IsLiveAt(_analysis.Graph.Blocks[0]),
            [.. stores],
            [.. stores.Where(s => _analysis.Held.Include(s, 0))],
            [.. live.Where(e => e.Kind == CopyEventKind.Call).Select(e => e.Instruction)],
            _analysis.Held.AnyCanBe,
            [])
        {
            Steps = [.. live.Where(e => e.Kind == CopyEventKind.Step).Select(e => new CopyStep(e.Instruction, e.Bytes))],
        });
    }

    /// <summary>
    /// Loads that, made volatile, keep all accesses within reach; null if there are none. They are as few as can be, and rather outside of loops than inside, because the JIT computes more
    /// with a load that it may leave out or do once.
    /// </summary>
    private HashSet<Instruction>? LoadsToKeep(MovingCopy copy)
    {
        Instruction[] loads = [.. copy.Uses.Where(u => u is { CanBeKept: true, IsEvidence: false }).OrderByDescending(u => _weights[u.Block]).Select(u => u.Instruction)];
        HashSet<Instruction> kept = [.. loads];
        if (!CopyDistances.StayWithinReach(copy, _analysis.Graph, kept))
        {
            return null;
        }

        foreach (Instruction load in loads.Take(MostTried))
        {
            kept.Remove(load);
            if (!CopyDistances.StayWithinReach(copy, _analysis.Graph, kept))
            {
                kept.Add(load);
            }
        }

        return kept;
    }

    /// <summary>What masks of the accesses would cost, less what the copy costs.</summary>
    private long Gain(MovingCopy copy)
    {
        long gain = copy.IsLiveAt(_analysis.Graph.Blocks[0]) ? -MaskCost : 0;
        foreach (BasicBlock block in _analysis.Graph.Blocks)
        {
            gain += _weights[block.Index] * copy.FromTheEnd(block).Sum(e => (e.Event.Kind, e.IsLive) switch
            {
                (CopyEventKind.Use, _) => MaskCost,
                (_, false) => 0,
                (CopyEventKind.Step, _) => -StepCost,
                _ => -MaskCost,
            });
        }

        return gain;
    }
}
