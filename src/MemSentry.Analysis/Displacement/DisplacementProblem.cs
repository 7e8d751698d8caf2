using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Dataflow;
using MemSentry.Analysis.Held;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Displacement;

/// <summary>
/// How far is each address from one that was proven to lie outside the block? A forward problem whose state gives each number in a slot as a symbol plus an
/// offset, and for each symbol its distance from an address outside the block: from a check, an anchor, an access that was executed, or what is believed across calls (<see cref="Summaries.SummaryFacts"/>).
/// <para>
/// Soundness: a distance is only ever learnt from those four; arithmetic moves offsets by what <see cref="NumberRules"/> proves; joins take the hull;
/// whatever is unknown gets a symbol without a distance. Calls and handlers end all of it, because our registers may have been overwritten.
/// </para>
/// <para>
/// The transfer function is not monotone: where less is known a check is placed, and behind a check more is known. Joins only climb, in a lattice of
/// finite height (<see cref="Interval.Widen"/>), so the iteration ends at a state that every path respects, checks included; the plan places exactly the checks
/// that this state asks for.
/// </para>
/// </summary>
internal sealed class DisplacementProblem : IForwardProblem<DisplacementState>
{
    /// <summary>
    /// So many variables are followed, the first ones; of the others nothing is known, as if their address was taken. A state is copied for each block, and a member
    /// with thousands of both must not cost their product.
    /// </summary>
    private const int MostVariables = 128;

    private readonly MemberAnalysis _analysis;
    private readonly DisplacementTransfer _transfer;
    private readonly HeldTransfer _held;
    private readonly bool[] _isMeetingPoint;
    private readonly bool[] _isHandler;
    private readonly Term[] _atHandlers;

    public DisplacementProblem(MemberAnalysis analysis, AccessRule rule, HeldTransfer held, IReadOnlyDictionary<Instruction, int[]> checkedAt)
    {
        _analysis = analysis;
        _held = held;
        _transfer = new DisplacementTransfer(analysis, rule, held, checkedAt);
        _atHandlers = [.. analysis.Variables.OnEntry.Take(MostVariables).Select((v, i) =>
            v.Kind is StackKind.NativeInt or StackKind.Int64 ? Term.Of(Symbols.AtStart(0, i)) : Term.Unknown)];
        var entries = new int[analysis.Graph.Blocks.Count];
        _isHandler = new bool[entries.Length];
        entries[0] = 1;
        foreach (Edge edge in analysis.Graph.Blocks.SelectMany(b => b.Successors))
        {
            entries[edge.Target]++;
            _isHandler[edge.Target] |= edge.IsUnwind;
        }

        _isMeetingPoint = [.. entries.Select((count, block) => count > 1 || _isHandler[block])];
    }

    public DisplacementState AtEntry()
    {
        var state = new DisplacementState(0, [.. _analysis.Variables.OnEntry.Take(MostVariables).Select((v, i) => v.Kind switch
        {
            StackKind.Int32 => Term.Number(Interval.Int32),
            StackKind.NativeInt or StackKind.Int64 => Term.Of(Symbols.AtStart(0, i)),
            _ => Term.Unknown,
        })], _held.AtEntry());
        MethodDefinition method = _analysis.Member.Body.Method;
        foreach (int variable in Enumerable.Range(0, method.Parameters.Count).Where(p => _analysis.Summaries.Include(method, p)).Select(p => method.HasThis ? p + 1 : p).Where(state.Follows))
        {
            state.Learn(Symbols.AtStart(0, variable), Reach.OfSummary, Basis.Summary);
        }

        return state;
    }

    public DisplacementState Copy(DisplacementState state) => state.Copy();

    public void Transfer(int instruction, DisplacementState state)
    {
        BasicBlock block = _analysis.Graph.BlockOf(instruction);
        if (block.Range.Start == instruction)
        {
            state.Frame = _analysis.StateAt(block);
            state.Statement = new StatementStart(_analysis.Variables);
            state.Loaded = new LoadedVariables(state.Depth);
            state.Comparison = null;
        }

        _transfer.Execute(instruction, state);
    }

    /// <summary>Nothing is known at the entry of a handler, whatever happened before.</summary>
    public bool MattersToHandlers(int instruction) => false;

    public DisplacementState EnterHandler(DisplacementState raised, bool pushesException)
    {
        var state = new DisplacementState(0, [.. _atHandlers], _held.AtHandler(pushesException));
        if (pushesException)
        {
            state.Push(Term.Unknown);
        }

        return state;
    }

    public void ClearStack(DisplacementState state) => state.ClearStack();

    public DisplacementState Arrive(DisplacementState state, int block)
    {
        DisplacementState arrived = state.CopyFor(_analysis.Graph.Blocks[block].Range.Start);
        state.Comparison?.Bound(arrived, block);
        if (_isMeetingPoint[block])
        {
            arrived.Rename();
        }

        return arrived;
    }

    public bool Join(DisplacementState into, DisplacementState from) => into.Join(from);
}
