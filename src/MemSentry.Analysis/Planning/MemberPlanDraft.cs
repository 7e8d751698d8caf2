using System.Collections.Immutable;
using MemSentry.Analysis.Loops;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>A member's plan while it is being made.</summary>
internal sealed class MemberPlanDraft(MethodDefinition method)
{
    private readonly HashSet<(Instruction Before, object Variable)> _checkedVariables = [];

    private ImmutableArray<LoopEntry> _entries = [];

    public MethodDefinition Method => method;

    public List<AccessDecision> Decisions { get; } = [];

    public List<InstructionChecks> Checks { get; } = [];

    public List<VariableCheck> VariableChecks { get; } = [];

    /// <summary>Numbers that are checked where they were pushed.</summary>
    public List<BaseCheck> BaseChecks { get; } = [];

    /// <summary>The instructions behind which a mask goes; one serves all accesses that are displaced from the same value.</summary>
    public HashSet<Instruction> MaskedBases { get; } = [];

    /// <summary>Those of them that push what may have been there before a call.</summary>
    public HashSet<Instruction> HeldBases { get; } = [];

    public List<MaskedCopy> MaskedCopies { get; } = [];

    public List<Renewal> Renewals { get; } = [];

    /// <summary>Loads that are made volatile.</summary>
    public HashSet<Instruction> KeptLoads { get; } = [];

    public List<Instruction> Markers { get; } = [];

    public List<int> TrustedOffsets { get; } = [];

    /// <summary>Adds the check of a variable, unless the same place has one: a copy may read and write near one pointer.</summary>
    public void Add(VariableCheck check)
    {
        if (_checkedVariables.Add((check.Before, check.Variable)))
        {
            VariableChecks.Add(check);
        }
    }

    /// <summary>Adds the check of a number on the stack, unless it has one.</summary>
    public void Add(BaseCheck check)
    {
        if (!BaseChecks.Exists(c => c.Producer == check.Producer))
        {
            BaseChecks.Add(check);
        }
    }

    /// <summary>Adds entries of loops, and the checks that go there.</summary>
    public void Enter(ImmutableArray<LoopEntry> entries, ImmutableArray<VariableCheck> checks)
    {
        _entries = entries;
        VariableChecks.AddRange(checks);
    }

    public MemberPlan ToPlan() => new(method, [.. Decisions], [.. Checks], [.. VariableChecks], [.. Markers], [.. TrustedOffsets])
    {
        LoopEntries = _entries,
        BaseChecks = [.. BaseChecks],
        MaskedBases = [.. MaskedBases],
        HeldBases = [.. HeldBases.Intersect(MaskedBases)],
        MaskedCopies = [.. MaskedCopies],
        Renewals = [.. Renewals],
        KeptLoads = [.. KeptLoads],
    };
}
