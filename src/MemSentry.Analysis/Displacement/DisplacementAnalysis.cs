using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Dataflow;
using MemSentry.Analysis.Held;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Provenance;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Displacement;

/// <summary>What the accesses through raw pointers of one member need, given all that is proven on the way to them.</summary>
internal sealed class DisplacementAnalysis
{
    private static readonly Dictionary<Instruction, int[]> NoChecks = [];

    private readonly Dictionary<(Instruction Instruction, int Depth), AccessNeed> _needs = [];
    private readonly Dictionary<(Instruction Instruction, int Depth), Instruction> _maskedBases = [];
    private readonly HashSet<(Instruction At, int Variable)> _heldVariables = [];
    private readonly IReadOnlyDictionary<Instruction, int[]> _checkedAt;
    private readonly Dictionary<(Instruction Instruction, int Depth), Basis> _bases = [];
    private readonly MovingLoads _movingLoads = new();
    private readonly MovingUses _movingUses;
    private readonly long[] _weights;
    private readonly MemberAnalysis _analysis;
    private readonly AccessRule _rule;
    private readonly DisplacementProblem _problem;
    private readonly DisplacementState?[] _states;

    /// <param name="analysis">What is known of the member.</param>
    /// <param name="options">The user's choices.</param>
    /// <param name="checkedAt">Variables that are checked before an instruction in any case.</param>
    public DisplacementAnalysis(MemberAnalysis analysis, WeaverOptions options, IReadOnlyDictionary<Instruction, int[]>? checkedAt = null)
    {
        _analysis = analysis;
        var evidence = new Evidence(analysis);
        _rule = new AccessRule(options, evidence, analysis.Member);
        _movingUses = new MovingUses(evidence);
        _checkedAt = checkedAt ?? NoChecks;
        _problem = new DisplacementProblem(analysis, _rule, new HeldTransfer(analysis, options.Trust), _checkedAt);
        _weights = LoopNesting.WeightsOf(analysis.Graph);
        _states = ForwardSolver.Solve(analysis.Graph, _problem);
        foreach (BasicBlock block in analysis.Graph.Blocks)
        {
            if (StateAt(block) is { } state)
            {
                Look(block, state);
            }
        }
    }

    /// <summary>Loads in loops that would need no check if the JIT were sure to execute them.</summary>
    public HashSet<Instruction> MovingLoads => _movingLoads.Found;

    /// <summary>Accesses that have to be masked, at known distances from variables that move on.</summary>
    public MovingUses MovingUses => _movingUses;

    /// <summary>What is known where a block begins, for the caller to move on from; null if the block cannot be reached.</summary>
    public DisplacementState? StateAt(BasicBlock block)
    {
        DisplacementState? state = _states[block.Index]?.Copy();
        if (state is not null)
        {
            state.Frame = _analysis.StateAt(block);
            state.Statement = new StatementStart(_analysis.Variables);
            state.Loaded = new LoadedVariables(state.Depth);
        }

        return state;
    }

    /// <summary>The operands that may have been there before a call.</summary>
    public HeldOperands Held { get; } = new();

    /// <summary>Whether a variable that is checked before an instruction in any case is made new there.</summary>
    public bool IsHeld(Instruction at, int variable) => _heldVariables.Contains((at, variable));

    /// <summary>Moves a state past an instruction.</summary>
    public void Move(int instruction, DisplacementState state) => _problem.Transfer(instruction, state);

    /// <summary>What an operand of an instruction needs; the operand is one that <see cref="AccessRule.Covers"/>.</summary>
    public AccessNeed NeedOf(Instruction instruction, int depth) => _needs.GetValueOrDefault((instruction, depth), AccessNeed.OfOperand);

    /// <summary>What it rests on that an operand needs nothing.</summary>
    public Basis BasisOf(Instruction instruction, int depth) => _bases.GetValueOrDefault((instruction, depth));

    /// <summary>The accesses of an instruction that are left to check, and for which a check of a variable would do at an earlier point, where a state was taken.</summary>
    public IEnumerable<(Access Access, int Variable)> CheckedFromVariables(int instruction, DisplacementState state, DisplacementState earlier)
    {
        foreach (Access access in _analysis.AccessesOf(_analysis.Member[instruction], state.Frame!).ToArray())
        {
            if (AccessRule.Covers(access) && _rule.VariableFor(access, _analysis.Member[instruction], state, earlier) is { } variable)
            {
                yield return (access, variable);
            }
        }
    }

    /// <summary>The instruction behind which the mask of an operand goes, if it is one of what the operand is displaced from; null for a mask of the operand itself.</summary>
    public Instruction? MaskedBaseOf(Instruction instruction, int depth) => _maskedBases.GetValueOrDefault((instruction, depth));

    private void LookAtChecks(Instruction instruction, DisplacementState state)
    {
        foreach (int variable in _checkedAt.GetValueOrDefault(instruction, []))
        {
            if (state.Held[variable].IsHeld)
            {
                _heldVariables.Add((instruction, variable));
            }
        }
    }

    private void Look(BasicBlock block, DisplacementState state)
    {
        MaskedBases? bases = _rule.MasksBases ? new MaskedBases(state.Depth, _analysis.EndsProofs) : null;
        var uses = new Dictionary<int, MaskUse>();
        for (int i = block.Range.Start; i < block.Range.End; i++)
        {
            Instruction instruction = _analysis.Member[i];
            uses.Clear();
            Held.Look(instruction, state.Held);
            LookAtChecks(instruction, state);
            state.Statement!.Pass(instruction, state.Frame!);
            foreach (Access access in _analysis.AccessesOf(instruction, state.Frame!))
            {
                if (AccessRule.Covers(access))
                {
                    AccessNeed need = _rule.Need(access, instruction, state);
                    _needs[(instruction, access.Depth)] = need;
                    if (need.IsProven)
                    {
                        _bases[(instruction, access.Depth)] = state.BasisOf(state.Peek(access.Depth));
                    }

                    if (_weights[block.Index] > 1)
                    {
                        _movingLoads.Look(instruction, access, need, state);
                    }

                    uses[access.Depth] = _rule.MaskUseOf(access, instruction, need);
                    if (_rule.MasksBases && uses[access.Depth] == MaskUse.Masked)
                    {
                        _movingUses.Look(instruction, access.Depth, block.Index, state);
                    }
                }
            }

            if (HeldTransfer.IsStore(instruction))
            {
                _movingLoads.LookAtStore(_analysis.Variables.VariableOf(instruction), state);
                _movingUses.LookAtStore(instruction, _analysis.Variables.VariableOf(instruction), state);
            }

            (MaskedBase? Base, Interval Distance) moved = bases?.Moved(instruction, state) ?? default;
            _problem.Transfer(i, state);
            bases?.Follow(instruction, moved, uses.GetValueOrDefault, DisplacementTransfer.Pushed(instruction), state);
        }

        foreach (MaskedBase found in bases?.AtEnd() ?? [])
        {
            foreach ((Instruction Instruction, int Depth) access in found.Accesses)
            {
                _maskedBases[access] = found.Producer;
            }
        }
    }
}
