using System.Collections.Immutable;
using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Dataflow;
using MemSentry.Analysis.Held;
using MemSentry.Analysis.Leaves;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Stack;
using MemSentry.Analysis.Summaries;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Provenance;

/// <summary>One member body with everything that the dataflow analysis found out about it.</summary>
internal sealed class MemberAnalysis
{
    private readonly FrameTransfer _transfer;
    private readonly AccessFinder _finder;
    private readonly PointerTrust _trust;
    private readonly LeafCalls _leaves;
    private readonly HashSet<Instruction> _repeatedFields;
    private readonly FrameState?[] _states;
    private readonly List<Access> _found = [];
    private readonly Func<Instruction, bool> _startsBlock;
    private HeldOperands? _held;
    private HashSet<Instruction>? _blockStarts;

    public MemberAnalysis(CilMember member, ModuleFacts facts, PointerTrust trust)
    {
        MethodDefinition method = member.Body.Method;
        _trust = trust;
        _startsBlock = StartsBlock;
        Member = member;
        Graph = ControlFlowGraphBuilder.Build(Member);
        Variables = new MemberVariables(method.Body, facts.Types, facts.NativeEntries.Include(method));
        _leaves = facts.Leaves;
        Summaries = facts.Summaries;
        _repeatedFields = RepeatedFields.In(Member, Graph, _leaves.EndProofs);
        _transfer = new FrameTransfer(Variables, facts.Types, facts.RuntimeTypes, facts.CallResults, EndsProofs);
        _finder = new AccessFinder(facts.Types, Variables, facts.Contracts, facts.CallOperands);
        _states = Solve();

        // Whether anybody may replace what lies in the variables is known only now; if so, all that was believed of them has to go.
        if (Variables.TakesAddressOfStructure && Any(facts.Exposure.IsOpenedBy))
        {
            Variables.AreContentsExposed = true;
            _states = Solve();
        }

        RefuseToOpenWhatWasLent(facts.Exposure);
    }

    public CilMember Member { get; }

    public ControlFlowGraph Graph { get; }

    public MemberVariables Variables { get; }

    /// <summary>What is believed across calls.</summary>
    public SummaryFacts Summaries { get; }

    /// <summary>The variables that are made new behind calls.</summary>
    public RenewedVariables Renewed { get; private set; } = RenewedVariables.None;

    /// <summary>Loads that are made volatile, so that the JIT executes them in any case.</summary>
    public IReadOnlySet<Instruction> KeptLoads { get; private set; } = ImmutableHashSet<Instruction>.Empty;

    /// <summary>The operands that may have been there before a call, as long as nothing else is made new.</summary>
    public HeldOperands Held => _held ??= new HeldOperands(this, _trust);

    /// <summary>The same, given that variables are made new behind calls and loads are volatile: where addresses come from is not changed by that.</summary>
    public MemberAnalysis Given(RenewedVariables renewed, IReadOnlySet<Instruction> keptLoads)
    {
        var analysis = (MemberAnalysis)MemberwiseClone();
        analysis.Renewed = renewed;
        analysis.KeptLoads = keptLoads;
        analysis._held = null;
        return analysis;
    }

    /// <summary>The state at the start of a block, for the caller to move on from; null if the block cannot be reached.</summary>
    public FrameState? StateAt(BasicBlock block) => _states[block.Index]?.Copy();

    /// <summary>Whether an instruction runs other code, so that what was proven of raw pointers says nothing behind it.</summary>
    public bool EndsProofs(Instruction instruction) => _leaves.EndProofs(instruction) && !_repeatedFields.Contains(instruction);

    /// <summary>Moves a state past an instruction.</summary>
    public void Execute(Instruction instruction, FrameState state) => _transfer.Execute(instruction, state);

    /// <summary>The operands of an instruction of which something has to hold; the list is valid until the next call.</summary>
    public List<Access> AccessesOf(Instruction instruction, FrameState before)
    {
        _found.Clear();
        _finder.Find(instruction, Member.Body.Method, before, _found);
        for (int i = _found.Count - 1; i >= 0; i--)
        {
            if (WholeVariable.Includes(_found[i], instruction, _startsBlock))
            {
                _found.RemoveAt(i);
            }
        }

        return _found;
    }

    private bool StartsBlock(Instruction instruction) => (_blockStarts ??= [.. Graph.Blocks.Select(b => Member[b.Range.Start])]).Contains(instruction);

    private FrameState?[] Solve() => ForwardSolver.Solve(Graph, new ProvenanceProblem(Member, Variables, _transfer, _trust));

    private void RefuseToOpenWhatWasLent(ContentsExposure exposure)
    {
        bool isLent = Variables.ReferToStructures || Member.Body.Instructions.Any(exposure.MayBeLentBy);
        if (isLent && Any(exposure.IsOpenedToLent))
        {
            throw new NotModelledException(
                "it makes a number, or a reference to something else, of a reference to somebody else's structure with references inside, through which those could be replaced unseen");
        }
    }

    private bool Any(Func<Instruction, MemberVariables, FrameState, bool> matches)
    {
        foreach (BasicBlock block in Graph.Blocks)
        {
            if (StateAt(block) is not { } state)
            {
                continue;
            }

            for (int i = block.Range.Start; i < block.Range.End; i++)
            {
                if (matches(Member[i], Variables, state))
                {
                    return true;
                }

                _transfer.Execute(Member[i], state);
            }
        }

        return false;
    }
}
