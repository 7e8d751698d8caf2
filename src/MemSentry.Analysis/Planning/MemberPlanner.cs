using System.Collections.Immutable;
using MemSentry.AccessTable;
using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Dataflow;
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
internal sealed class MemberPlanner(WeaverOptions options, StackTypes types, ResultOrigins results, DiagnosticList diagnostics)
{
    private readonly AccessFinder _finder = new(results);

    /// <summary>Analyses a body, decides about each of its address operands and says where checks go.</summary>
    public MemberPlan Plan(MethodDefinition method)
    {
        var member = new CilMember(method.Body);
        var variables = new MemberVariables(method.Body, types);
        var transfer = new FrameTransfer(variables, types, results);
        ControlFlowGraph graph = ControlFlowGraphBuilder.Build(member);
        FrameState?[] states = ForwardSolver.Solve(graph, new ProvenanceProblem(member, variables, transfer, options.Trust));

        var draft = new MemberPlanDraft(method);
        foreach (BasicBlock block in graph.Blocks)
        {
            Decide(block, states[block.Index], member, transfer, draft);
        }

        return draft.ToPlan();
    }

    private void Decide(BasicBlock block, FrameState? state, CilMember member, FrameTransfer transfer, MemberPlanDraft draft)
    {
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
                IReadOnlyList<Access> accesses = _finder.Find(instruction, member.Body.Method, state);
                bool marked = marker is not null && accesses.Any(a => !IsProven(a) && a.Kind is (AccessKind.Load or AccessKind.Store));
                Add(instruction, accesses, marked, state, draft);
                marker = marked ? null : marker;
            }

            if (state is not null)
            {
                transfer.Execute(instruction, state);
            }
        }

        ReportUnused(state is null ? null : marker, member);
    }

    private void Add(Instruction instruction, IReadOnlyList<Access> accesses, bool marked, FrameState state, MemberPlanDraft draft)
    {
        int deepest = -1;
        var checks = new Dictionary<int, OperandCheck>();
        foreach (Access access in accesses)
        {
            // A marker allows what the instruction reads or writes. A reference that it stores would be trusted wherever it goes from there.
            AccessVerdict verdict = marked && access.Kind is (AccessKind.Load or AccessKind.Store) ? AccessVerdict.Trusted : Verdict(instruction, access);
            draft.Decisions.Add(new AccessDecision(instruction, instruction.Offset, access.Depth, access.Kind, access.Operand.Origin, verdict));
            if (verdict is AccessVerdict.Checked or AccessVerdict.Masked)
            {
                checks.Add(access.Depth, new OperandCheck(access.Kind, verdict == AccessVerdict.Masked ? CheckForm.Mask : CheckForm.Compare));
                deepest = Math.Max(deepest, access.Depth);
            }
        }

        if (marked)
        {
            draft.TrustedOffsets.Add(instruction.Offset);
        }

        if (deepest >= 0)
        {
            ModuleDefinition module = draft.Method.Module;
            ImmutableArray<StackOperand> operands = [.. Enumerable.Range(0, deepest + 1).Select(depth =>
                new StackOperand(SpillTypes.Of(state.Peek(depth), module), checks.GetValueOrDefault(depth)))];
            draft.Checks.Add(new InstructionChecks(instruction, instruction.Offset, operands));
        }
    }

    /// <summary>
    /// Without trust a raw pointer proves nothing, whatever it was made of. The entry of a member is the runtime's own number, and no memory
    /// is accessed through it.
    /// </summary>
    private bool IsProven(Access access) => access.IsProven
        && (options.Trust != PointerTrust.None || access.Operand is not { Kind: StackKind.NativeInt, Origin: not AddressOrigin.MemberEntry });

    private AccessVerdict Verdict(Instruction instruction, Access access)
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
            AccessKind.Load or AccessKind.Store when IsMasked(instruction, access) => AccessVerdict.Masked,
            _ => AccessVerdict.Checked,
        };
    }

    /// <summary>
    /// A mask changes the address, so it fits only where the address is consumed by the access at once. A callee could keep or compare it, and of a managed
    /// reference the garbage collector must be able to tell what it refers to.
    /// </summary>
    private bool IsMasked(Instruction instruction, Access access) => options.ProtMethod == ProtectionMethod.Sfi
        && access.Operand.Kind == StackKind.NativeInt
        && instruction.OpCode.FlowControl != FlowControl.Call;

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
