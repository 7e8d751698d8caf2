using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Displacement;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Held;

/// <summary>
/// Finds the calls behind which variables are better made new at once: those after which a loop that runs more often than the call checks or masks what was there
/// before it.
/// <para>
/// Argument: what is made new there is another number to the JIT than before the call, and nothing lies in between in which it could have been kept. From there to the next call it is
/// as new as a parameter at the entry of the member; whatever another path brings along is held as before, because joins keep what is held on one of them.
/// A variable that is made new needlessly costs a store, and changes nothing.
/// </para>
/// <para>
/// So a place is worth it only for accesses that no other call comes before behind which nothing is made new, such as one in the loop itself: what that call holds is made new for each check, whatever was done before the loop
/// (<see cref="UnrenewedCalls"/>).
/// </para>
/// <para>
/// An int32 that such a loop widens for a comparison is made new with them, because it may be what an index is compared with (<see cref="Comparison"/>): the JIT may have widened it before the call, and kept 64 bits.
/// </para>
/// </summary>
internal sealed class RenewalPlaces
{
    private readonly MemberAnalysis _analysis;
    private readonly Dictionary<Instruction, int[]> _found = [];
    private readonly HashSet<Instruction> _held = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Instruction, UInt128> _proven = [];
    private UInt128 _bounds;
    private readonly long[] _weights;
    private readonly UInt128 _used;

    private RenewalPlaces(MemberAnalysis analysis, long[] weights)
    {
        _analysis = analysis;
        _weights = weights;
        var flow = new VariableFlow(analysis);
        foreach (BasicBlock block in analysis.Graph.Blocks)
        {
            if (analysis.StateAt(block) is { } state)
            {
                Look(block, state, flow);
                FindBounds(block);
            }
        }

        _used = flow.Used;
    }

    /// <summary>The variables to make new.</summary>
    public static RenewedVariables Find(MemberAnalysis analysis)
    {
        long[] weights = LoopNesting.WeightsOf(analysis.Graph);
        if (Array.TrueForAll(weights, w => w == 1) || !analysis.Held.AnyCanBe)
        {
            return RenewedVariables.None;
        }

        var places = new RenewalPlaces(analysis, weights);
        return places._held.Count == 0 ? RenewedVariables.None : places.Solve();
    }

    /// <summary>Finds the accesses of a block whose address may have been there before a call, and the variables that stand by contract behind calls.</summary>
    private void Look(BasicBlock block, FrameState state, VariableFlow flow)
    {
        flow.Enter(state.Depth);
        for (int i = block.Range.Start; i < block.Range.End; i++)
        {
            Instruction instruction = _analysis.Member[i];
            foreach (Access access in _analysis.AccessesOf(instruction, state))
            {
                if (AccessRule.Covers(access) && !access.IsProven && _analysis.Held.Include(instruction, access.Depth))
                {
                    _held.Add(instruction);
                    flow.UseAsAddress(access.Depth);
                }
            }

            _analysis.Execute(instruction, state);
            flow.Follow(instruction, VariableOf(instruction), state);
            if (_analysis.EndsProofs(instruction))
            {
                _proven[instruction] = Variables(v => _analysis.Variables.SlotOf(v) is >= 0 and var slot && state.Variables[slot].Origin.IsAnchor());
            }
        }
    }

    private void FindBounds(BasicBlock block)
    {
        for (int i = block.Range.Start + 1; i < block.Range.End && _weights[block.Index] > 1; i++)
        {
            bool widens = _analysis.Member[i].OpCode.Code is Code.Conv_I or Code.Conv_I8 or Code.Conv_U or Code.Conv_U8;
            if (widens && IsCompared(i, block) && VariableOf(_analysis.Member[i - 1], StackKind.Int32) is >= 0 and var variable && !_analysis.Variables.IsNarrow(variable))
            {
                _bounds |= UInt128.One << variable;
            }
        }
    }

    /// <summary>Whether what an instruction pushes is compared by the branch at the end of the block, at once or after one load.</summary>
    private bool IsCompared(int instruction, BasicBlock block)
    {
        int last = block.Range.End - 1;
        bool isLastOperand = last == instruction + 1 || (last == instruction + 2 && _analysis.Member[instruction + 1].OpCode.StackBehaviourPop == StackBehaviour.Pop0);
        return isLastOperand && _analysis.Member[last].OpCode is { FlowControl: Mono.Cecil.Cil.FlowControl.Cond_Branch, StackBehaviourPop: StackBehaviour.Pop1_pop1 };
    }

    private UInt128 Variables(Func<int, bool> include)
    {
        UInt128 set = 0;
        for (int variable = 0; variable < Math.Min(HeldTransfer.MostVariables, _analysis.Variables.OnEntry.Length); variable++)
        {
            set |= include(variable) ? UInt128.One << variable : 0;
        }

        return set;
    }

    /// <summary>Finds places for all accesses, leaves out those that places do not help, and begins again with the others.</summary>
    private RenewedVariables Solve()
    {
        FindAll();
        while (_found.Count > 0 && _held.RemoveWhere(new UnrenewedCalls(_analysis, _found).ComeBefore) > 0)
        {
            _found.Clear();
            FindAll();
        }

        return new RenewedVariables(_found);
    }

    /// <summary>Live variables (Nielson, Nielson and Hankin, 2.1.4), but none lives on through a call.</summary>
    private void FindAll()
    {
        ControlFlowGraph graph = _analysis.Graph;
        var starts = new Demand[graph.Blocks.Count];
        BasicBlock[] backwards = [.. graph.ReversePostOrder().Reverse().Select(b => graph.Blocks[b])];
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (BasicBlock block in backwards)
            {
                Demand atEnd = block.Successors.Where(e => !e.IsUnwind).Aggregate(default(Demand), (all, edge) => all.Or(starts[edge.Target]));
                Demand atStart = Before(block, atEnd);
                changed |= atStart != starts[block.Index];
                starts[block.Index] = atStart;
            }
        }
    }

    /// <summary>What is wanted where a block begins; what is wanted behind its calls is found on the way.</summary>
    private Demand Before(BasicBlock block, Demand demand)
    {
        long weight = _weights[block.Index];
        for (int i = block.Range.End - 1; i >= block.Range.Start; i--)
        {
            Instruction instruction = _analysis.Member[i];
            if (_analysis.EndsProofs(instruction))
            {
                Find(instruction, demand, weight);
                demand = default;
                continue;
            }

            UInt128 variable = (VariableOf(instruction) is >= 0 and var pointer ? UInt128.One << pointer : 0) | (VariableOf(instruction, StackKind.Int32) is >= 0 and var number ? UInt128.One << number : 0);
            demand = new Demand(
                instruction.OpCode.StackBehaviourPop == StackBehaviour.Pop0 ? demand.Variables | variable : demand.Variables & ~variable,
                _held.Contains(instruction) ? Math.Max(demand.Weight, weight) : demand.Weight);
        }

        return demand;
    }

    private void Find(Instruction call, Demand demand, long weight)
    {
        // A number that is made new is nobody's word for anything: what stands by contract stays as it is.
        UInt128 variables = demand.Variables & (_used | _bounds) & ~_proven.GetValueOrDefault(call, UInt128.MaxValue);
        if (demand.Weight > weight && variables != 0)
        {
            _found[call] = [.. Enumerable.Range(0, HeldTransfer.MostVariables).Where(v => ((variables >> v) & 1) != 0)];
        }
    }

    /// <summary>The variable that is loaded or stored; none that could be changed unseen, or is of another kind.</summary>
    private int VariableOf(Instruction instruction, StackKind kind = StackKind.NativeInt)
    {
        int variable = instruction.OpCode.Code
            is (>= Code.Ldarg_0 and <= Code.Stloc_3) or Code.Ldarg or Code.Ldarg_S or Code.Ldloc or Code.Ldloc_S or Code.Stloc or Code.Stloc_S or Code.Starg or Code.Starg_S
            ? _analysis.Variables.VariableOf(instruction) : -1;
        bool isFollowed = variable is >= 0 and < HeldTransfer.MostVariables && _analysis.Variables.OnEntry[variable].Kind == kind && !_analysis.Variables.AddressTaken[variable];
        return isFollowed ? variable : -1;
    }

    /// <summary>What is wanted of the variables up to the next call.</summary>
    /// <param name="Variables">Those that are loaded before they are stored.</param>
    /// <param name="Weight">How often, at most, something that is held is checked or masked there.</param>
    private readonly record struct Demand(UInt128 Variables, long Weight)
    {
        public Demand Or(Demand other) => new(Variables | other.Variables, Math.Max(Weight, other.Weight));
    }
}
