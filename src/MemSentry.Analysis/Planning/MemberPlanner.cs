using System.Collections.Immutable;
using MemSentry.AccessTable;
using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using MemSentry.Analysis.Trust;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>Plans one member body.</summary>
internal sealed class MemberPlanner(WeaverOptions options, ModuleFacts facts, DiagnosticList diagnostics)
{
    /// <summary>Analyses a body, decides about each of its operands that matter and says where checks go.</summary>
    public MemberPlan Plan(MethodDefinition method)
    {
        var analysis = new MemberAnalysis(method, facts, options.Trust);
        var draft = new MemberPlanDraft(method);
        foreach (BasicBlock block in analysis.Graph.Blocks)
        {
            Decide(block, analysis, draft);
        }

        return draft.ToPlan();
    }

    private void Decide(BasicBlock block, MemberAnalysis analysis, MemberPlanDraft draft)
    {
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
                IReadOnlyList<Access> accesses = analysis.AccessesOf(instruction, state);
                if (accesses.Count > 0)
                {
                    bool marked = marker is not null && accesses.Any(a => !IsProven(a) && a.Kind is (AccessKind.Load or AccessKind.Store));
                    Add(instruction, accesses, marked, state, draft);
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

    private void Add(Instruction instruction, IReadOnlyList<Access> accesses, bool marked, FrameState state, MemberPlanDraft draft)
    {
        List<(int Depth, OperandCheck Check)>? checks = null;
        foreach (Access access in accesses)
        {
            // A marker allows what the instruction reads or writes. A reference that it stores would be trusted wherever it goes from there.
            OperandCheck? check = null;
            AccessVerdict verdict = marked && access.Kind is (AccessKind.Load or AccessKind.Store) ? AccessVerdict.Trusted : Verdict(access);
            if (verdict == AccessVerdict.Checked)
            {
                check = CheckForms.Of(instruction, access, options.ProtMethod);
                (checks ??= []).Add((access.Depth, check));
                verdict = check.Form == CheckForm.Mask ? AccessVerdict.Masked : AccessVerdict.Checked;
            }

            bool isRaw = access.Operand.Kind == StackKind.NativeInt;
            draft.Decisions.Add(new AccessDecision(instruction, instruction.Offset, access.Depth, access.Kind, isRaw, access.Operand.Origin, verdict, check?.Form));
        }

        if (marked)
        {
            draft.TrustedOffsets.Add(instruction.Offset);
        }

        if (checks is not null)
        {
            draft.Checks.Add(new InstructionChecks(instruction, instruction.Offset, Operands(checks, state, draft.Method.Module)));
        }
    }

    /// <summary>The operands down to the deepest that is checked or measures one that is.</summary>
    private static ImmutableArray<StackOperand> Operands(List<(int Depth, OperandCheck Check)> checks, FrameState state, ModuleDefinition module)
    {
        int deepest = checks.Max(c => Math.Max(c.Depth, Math.Max(c.Check.Length?.Depth ?? 0, c.Check.Length?.ElementDepth ?? 0)));
        return [.. Enumerable.Range(0, deepest + 1).Select(depth =>
            new StackOperand(SpillTypes.Of(state.Peek(depth), module), [.. checks.Where(c => c.Depth == depth).Select(c => c.Check)]))];
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
}
