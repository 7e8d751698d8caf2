using System.Collections.Immutable;
using MemSentry.Analysis.Loops;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>What the rewriter does to one member body: plain data, in order of IL offset.</summary>
/// <param name="Method">The member.</param>
/// <param name="Decisions">Every address operand that was found, with the reason for what is done about it.</param>
/// <param name="Checks">Where checks go.</param>
/// <param name="VariableChecks">Where variables are checked that accesses are displaced from.</param>
/// <param name="Markers">Marker calls to remove (<c>MemSentryMarkers.SafeRegionAccess()</c>).</param>
/// <param name="TrustedOffsets">IL offsets, in the input, of the accesses that markers allow: part of the trust list.</param>
public sealed record MemberPlan(
    MethodDefinition Method,
    ImmutableArray<AccessDecision> Decisions,
    ImmutableArray<InstructionChecks> Checks,
    ImmutableArray<VariableCheck> VariableChecks,
    ImmutableArray<Instruction> Markers,
    ImmutableArray<int> TrustedOffsets)
{
    /// <summary>Operands that were proven without a decision about each, because the member was settled at a glance.</summary>
    public int ProvenAtAGlance { get; private init; }

    /// <summary>Code that goes on the way into loops, before everything else: some checks have their place there.</summary>
    public ImmutableArray<LoopEntry> LoopEntries { get; init; } = [];

    /// <summary>Where numbers on the stack are checked that accesses are displaced from.</summary>
    public ImmutableArray<BaseCheck> BaseChecks { get; init; } = [];

    /// <summary>The instructions behind which what they push is masked, because accesses are displaced from it.</summary>
    public ImmutableArray<Instruction> MaskedBases { get; init; } = [];

    /// <summary>Those of them that push what may have been there before a call: it is made new before the mask.</summary>
    public ImmutableArray<Instruction> HeldBases { get; init; } = [];

    /// <summary>Copies of variables that are masked for accesses that are displaced from them.</summary>
    public ImmutableArray<MaskedCopy> MaskedCopies { get; init; } = [];

    /// <summary>Variables that are made new behind calls.</summary>
    public ImmutableArray<Renewal> Renewals { get; init; } = [];

    /// <summary>Loads that are made volatile, because proofs rest on their being executed.</summary>
    public ImmutableArray<Instruction> KeptLoads { get; init; } = [];

    /// <summary>The members of the module that count as leaves where this one calls them: the JIT is to put them into it.</summary>
    public ImmutableArray<MethodDefinition> Leaves { get; init; } = [];

    /// <summary>The plan of a member in which nothing has to be checked.</summary>
    internal static MemberPlan OfSettled(MethodDefinition method, int proven) => new(method, [], [], [], [], []) { ProvenAtAGlance = proven };

    /// <summary>Whether the body stays as it is.</summary>
    public bool IsEmpty => Checks.IsEmpty && VariableChecks.IsEmpty && BaseChecks.IsEmpty && MaskedBases.IsEmpty && MaskedCopies.IsEmpty && KeptLoads.IsEmpty && Markers.IsEmpty;
}
