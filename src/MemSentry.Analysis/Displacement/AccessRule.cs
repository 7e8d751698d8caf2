using MemSentry.AccessTable;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Displacement;

/// <summary>
/// What an access through a raw pointer, or another use of one as an address, needs, and what is known once it was executed. The analysis assumes what the plan then does: both ask here.
/// </summary>
internal sealed class AccessRule(WeaverOptions options, Evidence evidence, CilMember member)
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

        if (options.ProtMethod == ProtectionMethod.Sfi && !isCall)
        {
            return AccessNeed.OfOperand;
        }

        state.Statement!.Pass(instruction, state.Frame!);
        if (VariableNear(address, state, isCall) is not { } variable)
        {
            return BaseOf(address, instruction, state, isCall) is { } producer && !state.Held.Peek(access.Depth).IsHeld ? AccessNeed.OfBase(producer) : AccessNeed.OfOperand;
        }

        if (!state.Held[variable].IsHeld)
        {
            return AccessNeed.OfVariable(variable, false, state.Statement.For(instruction));
        }

        // What lies on the stack before a variable is made new is what was there before.
        return state.Statement.PlaceToRenew(variable) is { } place && state.Depth - access.Depth > place.Depth
            ? AccessNeed.OfVariable(variable, true, place.Before)
            : AccessNeed.OfOperand;
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

    /// <summary>The instruction that pushed what an address is displaced from, if that can be checked behind it; null if there is none.</summary>
    private Instruction? BaseOf(Term address, Instruction access, DisplacementState state, bool isCall) =>
        Symbols.MakerOf(address.Symbol) is { } maker && Reach.Includes(address.Offset, isCall) && state.Statement!.Bases.Serves(member[maker], access) ? member[maker] : null;

    /// <summary>Changes the state into what is known once the check of a variable has passed.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="symbol">A symbol for it, in case that it is made new.</param>
    /// <param name="state">The state.</param>
    public static void PassCheck(int variable, long symbol, DisplacementState state)
    {
        if (state.Variables[variable] is { IsKnown: true, IsNumber: false, Offset.IsConstant: true } checkedNow)
        {
            Check(checkedNow, variable, state.Held[variable].IsHeld, symbol, state);
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
    /// <param name="access">The access.</param>
    /// <param name="instruction">Its instruction.</param>
    /// <param name="index">Where that is: of a variable that is made new by the check it is the symbol.</param>
    /// <param name="state">The state.</param>
    public void Pass(Access access, Instruction instruction, int index, DisplacementState state)
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

        if (need == AccessNeed.OfOperand && state.Held.Peek(access.Depth).IsHeld)
        {
            // What is checked and accessed is made new, and nothing is learnt of what it was made of.
            return;
        }

        if (!isReached)
        {
            Term checkedNow = need.Base is null ? address : Term.Of(address.Symbol);
            Check(checkedNow, need.Variable, need.IsHeld, need.Variable is { } variable ? Symbols.Stored(index, variable) : Symbols.None, state);
            address = state.Peek(access.Depth);
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

    private static void Check(Term address, int? checkedVariable, bool isHeld, long symbol, DisplacementState state)
    {
        if (isHeld && checkedVariable is { } held)
        {
            state.Renew(held, symbol, state.Statement!.PlaceToRenew(held)?.Depth ?? 0);
            state.Learn(symbol, Interval.Zero, Basis.None);
            return;
        }

        Interval? exact = checkedVariable is { } variable ? state.Variables[variable].Offset : address.Offset.IsConstant ? address.Offset : null;
        // That the symbol itself lies outside says most: it may go on as it is.
        if (exact is { } offset && state.Near(Term.Of(address.Symbol)) != Interval.Zero)
        {
            state.Learn(address.Symbol, Interval.Of(-offset.Low), Basis.None);
        }
    }

    /// <summary>Keeps whichever says more.</summary>
    private static void Narrow(long symbol, Interval? evidence, DisplacementState state)
    {
        if (evidence is { } e && (state.Near(Term.Of(symbol)) is not { } known || !known.IsWithin(e)) && Reach.Includes(e, isArgument: true))
        {
            state.Learn(symbol, e, Basis.Access);
        }
    }
}
