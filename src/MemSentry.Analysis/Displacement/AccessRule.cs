using MemSentry.AccessTable;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Displacement;

/// <summary>
/// What an access through a raw pointer, or another use of one as an address, needs, and what is known once it was executed. The analysis assumes what the plan then does: both ask here.
/// </summary>
internal sealed class AccessRule(WeaverOptions options, Evidence evidence)
{
    /// <summary>Whether the rule is about an operand at all.</summary>
    public static bool Covers(Access access) => access is { Demand: Demand.Address, Operand.Kind: StackKind.NativeInt };

    /// <summary>What an access needs in a state.</summary>
    public AccessNeed Need(Access access, Instruction instruction, DisplacementState state)
    {
        if (access.IsProven)
        {
            return AccessNeed.Nothing;
        }

        Term address = state.Peek(access.Depth);
        if (access.Kind is not (AccessKind.Load or AccessKind.Store))
        {
            // What goes on from here may be displaced by whoever gets it: only the very address that was checked will do.
            return !address.IsNumber && state.Near(address) == Interval.Zero ? AccessNeed.Nothing : AccessNeed.OfOperand;
        }

        bool isCall = instruction.OpCode.FlowControl == FlowControl.Call;
        if (Reach.Includes(state.Near(address), isCall))
        {
            return AccessNeed.Nothing;
        }

        bool isMasked = options.ProtMethod == ProtectionMethod.Sfi && !isCall;
        return !isMasked && VariableNear(address, state, isCall) is { } variable ? AccessNeed.OfVariable(variable) : AccessNeed.OfOperand;
    }

    /// <summary>A variable whose check, at an earlier point, would do for an access that is left to check; null if there is none.</summary>
    public int? VariableFor(Access access, Instruction instruction, DisplacementState state, DisplacementState earlier)
    {
        bool isLeft = access.Kind is AccessKind.Load or AccessKind.Store && options.ProtMethod == ProtectionMethod.Mpx && IsSelected(access) && Need(access, instruction, state) != AccessNeed.Nothing;
        return isLeft ? VariableNear(state.Peek(access.Depth), earlier, instruction.OpCode.FlowControl == FlowControl.Call) : null;
    }

    /// <summary>A variable that holds, in a state, something within reach of an address, so that its check is enough.</summary>
    private static int? VariableNear(Term address, DisplacementState state, bool isCall) =>
        address is { IsKnown: true, IsNumber: false } && state.VariableOf(address.Symbol) is { } variable
        && Reach.Includes(Interval.Subtract(address.Offset, state.Variables[variable].Offset), isCall) ? variable : null;

    /// <summary>Changes the state into what is known once the check of a variable has passed.</summary>
    public static void PassCheck(int variable, DisplacementState state)
    {
        if (state.Variables[variable] is { IsKnown: true, IsNumber: false, Offset.IsConstant: true } checkedNow)
        {
            Check(checkedNow, AccessNeed.OfVariable(variable), state);
        }
    }

    /// <summary>Whether masks may go behind bases of accesses.</summary>
    public bool MasksBases => options.ProtMethod == ProtectionMethod.Sfi && options.DisabledPass != PlanningPass.MaskedBases;

    /// <summary>What becomes of an operand that a mask could serve.</summary>
    public MaskUse MaskUseOf(Access access, Instruction instruction, AccessNeed need)
    {
        if (need != AccessNeed.OfOperand || instruction.OpCode.FlowControl == FlowControl.Call || access.Kind is not (AccessKind.Load or AccessKind.Store))
        {
            return MaskUse.None;
        }

        return options.Rw.HasFlag(access.Kind == AccessKind.Load ? CheckedAccesses.Read : CheckedAccesses.Write) ? MaskUse.Masked : MaskUse.Beside;
    }

    /// <summary>Changes the state before an access into what is known once its check has passed and it was executed.</summary>
    public void Pass(Access access, Instruction instruction, DisplacementState state)
    {
        Term address = state.Peek(access.Depth);
        if (!address.IsKnown || address.IsNumber)
        {
            return;
        }

        AccessNeed need = Need(access, instruction, state);
        bool isReached = need == AccessNeed.Nothing;
        if (!isReached && !IsSelected(access))
        {
            return;
        }

        bool isAccess = access.Kind is AccessKind.Load or AccessKind.Store;
        if (!isReached && options.ProtMethod == ProtectionMethod.Sfi && isAccess && instruction.OpCode.FlowControl != FlowControl.Call)
        {
            // A mask proves the copy that the access consumes, and nothing of the address that it was made of.
            return;
        }

        if (!isReached)
        {
            Check(address, need, state);
        }

        // A stored value that leaves woven code is an operand of the same instruction, and nothing was accessed there.
        if (isAccess && options.DisabledPass != PlanningPass.Evidence && address.Offset.IsConstant && evidence.IsGivenBy(instruction, state))
        {
            Narrow(address.Symbol, Evidence.Of(address.Offset, instruction.OpCode.Code == Code.Stfld), state);
        }
    }

    private bool IsSelected(Access access) => access.Kind switch
    {
        AccessKind.Load => options.Rw.HasFlag(CheckedAccesses.Read),
        AccessKind.Store => options.Rw.HasFlag(CheckedAccesses.Write),
        AccessKind.Escape => options.VerifyExternalCallArgs,
        _ => true,
    };

    private static void Check(Term address, AccessNeed need, DisplacementState state)
    {
        Interval? exact = need.Variable is { } variable ? state.Variables[variable].Offset : address.Offset.IsConstant ? address.Offset : null;
        // That the symbol itself lies outside says most: it may go on as it is.
        if (exact is { } offset && state.Near(Term.Of(address.Symbol)) != Interval.Zero)
        {
            state.Learn(address.Symbol, Interval.Of(-offset.Low), isByAccess: false);
        }
    }

    /// <summary>Keeps whichever says more.</summary>
    private static void Narrow(long symbol, Interval? evidence, DisplacementState state)
    {
        if (evidence is { } e && (state.Near(Term.Of(symbol)) is not { } known || !known.IsWithin(e)) && Reach.Includes(e, isArgument: true))
        {
            state.Learn(symbol, e, isByAccess: true);
        }
    }
}
