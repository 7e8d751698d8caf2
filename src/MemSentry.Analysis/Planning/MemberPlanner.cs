using System.Collections.Immutable;
using MemSentry.AccessTable;
using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Displacement;
using MemSentry.Analysis.Held;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning.Copies;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using MemSentry.Analysis.Summaries;
using MemSentry.Analysis.Trust;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>Plans one member body.</summary>
/// <param name="options">The user's choices.</param>
/// <param name="facts">What is known of the module.</param>
/// <param name="diagnostics">Receives what there is to say.</param>
/// <param name="finds">Which proofs it looks for.</param>
internal sealed class MemberPlanner(WeaverOptions options, ModuleFacts facts, DiagnosticList diagnostics, Proofs finds = Proofs.All)
{
    /// <summary>Analyses a body, decides about each of its operands that matter and says where checks go.</summary>
    public MemberPlan Plan(MethodDefinition method) => Plan(method, []);

    /// <summary>The same.</summary>
    /// <param name="method">The member.</param>
    /// <param name="broken">Receives what is believed across calls, and what the member does not prove of it.</param>
    public MemberPlan Plan(MethodDefinition method, ICollection<SummaryFact> broken)
    {
        MemberAnalysis analysis = Analyse(new CilMember(method.Body));
        MemberPlanDraft naive = Decide(analysis, null);
        bool isConcerned = facts.Summaries.Concern(method);
        Proof proof = CanProve(naive) && (isConcerned || CanGainByProofs(naive)) ? Prove(analysis) : new Proof(naive, analysis, null, 0);
        foreach (SummaryFact fact in isConcerned ? SummaryProofs.BrokenBy(proof.Analysis, proof.Displacement, facts.Summaries) : [])
        {
            broken.Add(fact);
        }

        MemberPlan plan = proof.Draft.ToPlan();
        return isConcerned || plan.Decisions.Any(d => d.IsRaw) ? plan with { Leaves = [.. facts.Leaves.CalledFrom(method.Body).Distinct()] } : plan;
    }

    private MemberAnalysis Analyse(CilMember member) => new(member, facts, options.Trust);

    private Proof Prove(MemberAnalysis given)
    {
        MemberAnalysis analysis = given.Given(RenewalPlaces.Find(given), given.KeptLoads);
        var displacement = new DisplacementAnalysis(analysis, options);
        Proof proof = Prove(analysis, displacement);
        if (options.DisabledPass == PlanningPass.Evidence || displacement.MovingLoads is not { Count: > 0 } loads)
        {
            return proof;
        }

        analysis = analysis.Given(analysis.Renewed, loads);
        Proof keeping = Prove(analysis, new DisplacementAnalysis(analysis, options));
        return keeping.Cost < proof.Cost ? keeping : proof;
    }

    private Proof Prove(MemberAnalysis analysis, DisplacementAnalysis displacement)
    {
        HoistedMember? hoisted = options.DisabledPass == PlanningPass.Hoisting
            ? null
            : new LoopHoisting(options, member => Analyse(member).Given(analysis.Renewed, analysis.KeptLoads)).Find(analysis, displacement);
        // Copies belong to the member as it was written; with loops entered in another way their masks would be made and not used.
        MovingCopyPlanner? copies = hoisted is null ? MovingCopyPlanner.Of(analysis, displacement) : null;
        MemberPlanDraft draft = hoisted is null ? Decide(analysis, displacement, copies: copies) : Decide(hoisted.Analysis, hoisted.Displacement, hoisted);
        if (hoisted is not null)
        {
            draft.Enter(hoisted.Entries, hoisted.Checks);
        }

        draft.MaskedCopies.AddRange(copies?.Copies ?? []);
        draft.KeptLoads.UnionWith(copies?.KeptLoads ?? ImmutableHashSet<Instruction>.Empty);

        MemberAnalysis asItWillBe = hoisted?.Analysis ?? analysis;
        MaskedCopyPlanner.Plan(asItWillBe, draft);
        draft.Renewals.AddRange(analysis.Renewed.Calls.Select(call => new Renewal(call, [.. analysis.Renewed.Behind(call).Select(analysis.Variables.DefinitionOf)])));
        draft.KeptLoads.UnionWith(analysis.KeptLoads);
        return new Proof(draft, asItWillBe, hoisted?.Displacement ?? displacement, CheckCost.Of(draft, asItWillBe));
    }

    /// <summary>Of an access that a marker allows nothing is known, checked or not, so members with markers do without proofs.</summary>
    private bool CanProve(MemberPlanDraft naive) => finds == Proofs.All && !options.NoOptimize && options.DisabledPass != PlanningPass.Displacement && options.Trust != PointerTrust.None
        && naive.Markers.Count == 0;

    /// <summary>Proofs are worth looking for where accesses are left to check; most members have none.</summary>
    private static bool CanGainByProofs(MemberPlanDraft naive) =>
        naive.Decisions.Exists(d => d is { IsRaw: true, Verdict: AccessVerdict.Checked or AccessVerdict.Masked, Kind: AccessKind.Load or AccessKind.Store });

    private MemberPlanDraft Decide(MemberAnalysis analysis, DisplacementAnalysis? displacement, HoistedMember? hoisted = null, MovingCopyPlanner? copies = null)
    {
        var draft = new MemberPlanDraft(analysis.Member.Body.Method);
        foreach (BasicBlock block in analysis.Graph.Blocks)
        {
            Decide(block, new Proven(analysis, displacement, hoisted, copies), draft);
        }

        return draft;
    }

    private void Decide(BasicBlock block, Proven proven, MemberPlanDraft draft)
    {
        MemberAnalysis analysis = proven.Analysis;
        CilMember member = analysis.Member;
        FrameState? state = analysis.StateAt(block);
        Instruction? marker = null;
        for (int i = block.Range.Start; i < block.Range.End; i++)
        {
            Instruction instruction = member[i];
            if (Markers.IsMarker(instruction))
            {
                ReportUnused(marker, member);
                marker = instruction;
                draft.Markers.Add(instruction);
            }
            else if (state is not null)
            {
                List<Access> accesses = analysis.AccessesOf(instruction, state);
                if (accesses.Count > 0)
                {
                    bool marked = marker is not null && accesses.Exists(a => !IsProven(a) && a.Kind is (AccessKind.Load or AccessKind.Store));
                    Add(instruction, accesses, marked, state, proven, draft);
                    marker = marked ? null : marker;
                }
            }

            if (state is not null)
            {
                analysis.Execute(instruction, state);
            }
        }

        ReportUnused(state is null ? null : marker, member);
    }

    private void Add(Instruction instruction, List<Access> accesses, bool marked, FrameState state, Proven proven, MemberPlanDraft draft)
    {
        List<(int Depth, OperandCheck Check)>? checks = null;
        foreach (Access access in accesses)
        {
            // A marker allows what the instruction reads or writes. A reference that it stores would be trusted wherever it goes from there.
            OperandCheck? check = null;
            AccessVerdict verdict = marked && access.Kind is (AccessKind.Load or AccessKind.Store) ? AccessVerdict.Trusted : Verdict(access);
            CheckForm? form = null;
            bool isRenewed = accesses.Exists(a => a.Depth == access.Depth && a != access && Verdict(a) == AccessVerdict.Checked && proven.IsRenewedFor(instruction, a));
            if (verdict == AccessVerdict.Checked && !isRenewed && proven.NeedOf(instruction, access) is var need && need != AccessNeed.OfOperand)
            {
                (verdict, form) = need.IsProven ? (AccessVerdict.WithinReach, (CheckForm?)null) : (AccessVerdict.Checked, need.Base is null ? CheckForm.Base : CheckForm.PushedBase);
                if (need.Base is { } pushed)
                {
                    draft.Add(new BaseCheck(pushed, access.Kind, instruction.Offset));
                }
                else if (need.Variable is { } variable)
                {
                    draft.Add(new VariableCheck(need.Place!, proven.DefinitionOf(variable), access.Kind, instruction.Offset, need.IsHeld));
                }
            }
            else if (verdict == AccessVerdict.Checked && proven.CopyOf(instruction, access) is { } copy)
            {
                (verdict, form) = (AccessVerdict.Masked, CheckForm.MaskedCopy);
                (checks ??= []).Add((access.Depth, new OperandCheck(access.Kind, CheckForm.MaskedCopy, Copy: copy)));
            }
            else if (verdict == AccessVerdict.Checked && proven.MaskedBaseOf(instruction, access) is { } producer)
            {
                (verdict, form) = (AccessVerdict.Masked, CheckForm.MaskedBase);
                draft.MaskedBases.Add(producer);
                if (proven.IsHeldBehind(producer))
                {
                    draft.HeldBases.Add(producer);
                }
            }
            else if (verdict == AccessVerdict.Checked)
            {
                check = CheckForms.Of(instruction, access, options.ProtMethod);
                (checks ??= []).Add((access.Depth, check));
                form = check.Form;
                verdict = check.Form == CheckForm.Mask ? AccessVerdict.Masked : AccessVerdict.Checked;
            }

            // The copy of a loop's test is told of by what is decided about the test itself.
            bool isRaw = access.Operand.Kind == StackKind.NativeInt;
            if (proven.IsOfBody(instruction))
            {
                draft.Decisions.Add(new AccessDecision(instruction, instruction.Offset, access.Depth, access.Kind, isRaw, access.Operand.Origin, verdict, form, proven.PassOf(instruction, access, verdict, form)));
            }
        }

        if (marked)
        {
            draft.TrustedOffsets.Add(instruction.Offset);
        }

        if (checks is not null)
        {
            draft.Checks.Add(new InstructionChecks(instruction, instruction.Offset, Operands(checks, state, proven, instruction, draft.Method.Module)));
        }
    }

    /// <summary>The operands down to the deepest that is checked or measures one that is.</summary>
    private static ImmutableArray<StackOperand> Operands(List<(int Depth, OperandCheck Check)> checks, FrameState state, Proven proven, Instruction instruction, ModuleDefinition module)
    {
        int deepest = checks.Max(c => Math.Max(c.Depth, Math.Max(c.Check.Length?.Depth ?? 0, c.Check.Length?.ElementDepth ?? 0)));
        return [.. Enumerable.Range(0, deepest + 1).Select(depth =>
            new StackOperand(SpillTypes.Of(state.Peek(depth), module), [.. checks.Where(c => c.Depth == depth).Select(c => c.Check)], checks.Exists(c => c.Depth == depth && c.Check.Copy is null) && proven.IsHeld(instruction, depth)))];
    }

    /// <summary>
    /// Without trust a raw pointer proves nothing, whatever it was made of. The entry of a member is the runtime's own number, and no memory
    /// is accessed through it.
    /// </summary>
    private bool IsProven(Access access) => access.IsProven
        && !(options.NoOptimize && access.Operand.Kind == StackKind.NativeInt && access.Kind is (AccessKind.Load or AccessKind.Store))
        && (options.Trust != PointerTrust.None || access.Operand is not { Kind: StackKind.NativeInt, Origin: not AddressOrigin.MemberEntry });

    private AccessVerdict Verdict(Access access)
    {
        if (IsProven(access))
        {
            return AccessVerdict.Proven;
        }

        return access.Kind switch
        {
            AccessKind.Load when !options.Rw.HasFlag(CheckedAccesses.Read) => AccessVerdict.NotSelected,
            AccessKind.Store when !options.Rw.HasFlag(CheckedAccesses.Write) => AccessVerdict.NotSelected,
            AccessKind.Escape when !options.VerifyExternalCallArgs => AccessVerdict.NotVerified,
            _ => AccessVerdict.Checked,
        };
    }

    private void ReportUnused(Instruction? marker, CilMember member)
    {
        if (marker is not null)
        {
            MethodDefinition method = member.Body.Method;
            diagnostics.Add(Diagnostic.Error(DiagnosticId.MarkerWithoutAccess,
                $"The call of MemSentryMarkers.SafeRegionAccess() in {method.DeclaringType.FullName}::{method.Name} is not followed by a raw-memory access before the next branch or marker; put it directly before the access, or remove it.",
                SourceLocations.Of(method, marker)));
        }
    }

    /// <summary>A draft with what it rests on.</summary>
    private readonly record struct Proof(MemberPlanDraft Draft, MemberAnalysis Analysis, DisplacementAnalysis? Displacement, long Cost);

    /// <summary>What is proven beside the origins of operands.</summary>
    private readonly record struct Proven(MemberAnalysis Analysis, DisplacementAnalysis? Displacement, HoistedMember? Hoisted, MovingCopyPlanner? Copies)
    {
        /// <summary>The kind of proof that left out, moved or merged the check of an operand.</summary>
        public PlanningPass? PassOf(Instruction instruction, Access access, AccessVerdict verdict, CheckForm? form) => (verdict, form) switch
        {
            (AccessVerdict.WithinReach, _) when Hoisted?.Served.Contains((instruction, access.Depth)) == true => PlanningPass.Hoisting,
            (AccessVerdict.WithinReach, _) => Displacement!.BasisOf(instruction, access.Depth) switch
            {
                var basis when basis.HasFlag(Basis.Summary) => PlanningPass.Summaries,
                Basis.Access => PlanningPass.Evidence,
                _ => PlanningPass.Displacement,
            },
            (_, CheckForm.MaskedBase or CheckForm.MaskedCopy) => PlanningPass.MaskedBases,
            _ => null,
        };

        public AccessNeed NeedOf(Instruction instruction, Access access) =>
            Displacement is not null && AccessRule.Covers(access) ? Displacement.NeedOf(instruction, access.Depth) : AccessNeed.OfOperand;

        public bool IsOfBody(Instruction instruction) => Analysis.Member.IsOfBody(instruction);

        /// <summary>What takes the place of an operand, if it goes through a masked copy that moves.</summary>
        public CopiedAddress? CopyOf(Instruction instruction, Access access) => Copies?.Addresses.GetValueOrDefault((instruction, access.Depth));

        public Instruction? MaskedBaseOf(Instruction instruction, Access access) => Displacement?.MaskedBaseOf(instruction, access.Depth);

        /// <summary>Whether the check of an operand makes it new, so that what was proven of the old one says nothing any more.</summary>
        public bool IsRenewedFor(Instruction instruction, Access access) =>
            IsHeld(instruction, access.Depth) && NeedOf(instruction, access) == AccessNeed.OfOperand && MaskedBaseOf(instruction, access) is null;

        public bool IsHeld(Instruction instruction, int depth) => (Displacement?.Held ?? Analysis.Held).Include(instruction, depth);

        /// <summary>Whether what a producer of masked bases pushes may have been there before a call.</summary>
        public bool IsHeldBehind(Instruction producer) => IsHeld(producer.Next, 0);

        public object DefinitionOf(int variable) => Analysis.Variables.DefinitionOf(variable);
    }
}
