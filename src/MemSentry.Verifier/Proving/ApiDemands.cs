using MemSentry.AccessTable;
using MemSentry.Verifier.Flow;
using MemSentry.Verifier.Values;
using Mono.Cecil;

namespace MemSentry.Verifier.Proving;

/// <summary>What the access table says that a framework member does with its operands, as obligations of the caller.</summary>
internal sealed class ApiDemands(AddressDemands demands, TypeShapes shapes)
{
    /// <summary>What a call of the member owes; that references and structures stand at every call is owed besides.</summary>
    public void Add(ApiContract contract, CallSignature call, Frame frame, List<Obligation> owed)
    {
        foreach (ApiOperand operand in contract.Operands)
        {
            if (operand.Role != OperandRole.Exempt)
                Add(operand, new Use(call, frame, operand), owed);
        }
    }

    private void Add(ApiOperand operand, Use use, List<Obligation> owed)
    {
        switch (operand.Role)
        {
            case OperandRole.Load or OperandRole.CopySource:
                AddAccess(AccessKind.Load, use, owed);
                break;
            case OperandRole.Store or OperandRole.CopyDestination or OperandRole.Fill:
                AddAccess(AccessKind.Store, use, owed);
                break;
            case OperandRole.LoadAndStore:
                AddAccess(AccessKind.Load, use, owed);
                AddAccess(AccessKind.Store, use, owed);
                break;
            case OperandRole.RemembersRange:
                bool isInVariable = use.Value is { Kind: ValueKind.Reference, Proof: Proof.Exact, IsStatic: true } && use.CountOf(operand.Extent.Count).FitsInto(use.Value.Type);
                bool isChecked = use.Value.Kind == ValueKind.Object ? use.CountOf(operand.Extent.Count).IsGuarded() : WasChecked(use, RelationKind.StartOfRange, operand.Extent.Count);
                owed.Add(new Obligation(AccessKind.Conversion, isInVariable || isChecked, VerifierCode.RangeNotProven,
                    "An address and a length are remembered as a range, and it is not checked that the range lies on one side of the block."));
                break;
            case OperandRole.Handle:
                owed.Add(use.Value.Kind == ValueKind.Raw && !use.IsReference && !use.IsReceiver
                    ? demands.Escape(use.Value)
                    : ContentsDemands.Handle(use.Value, use.Call.TypeOfOperand(operand.Index), shapes));
                break;
            case OperandRole.Code:
                owed.Add(AddressDemands.Code(use.Value));
                break;
            case OperandRole.Conversion when !use.IsReference:
                owed.Add(demands.Border(use.Value, null));
                break;
            case OperandRole.Escape when !use.IsReference:
                owed.Add(demands.Escape(use.Value));
                break;
        }
    }

    private void AddAccess(AccessKind kind, Use use, List<Obligation> owed)
    {
        ApiOperand operand = use.Operand;
        if (operand.Displacement is { } displacement && use.CountOf(displacement).IsUnbounded)
        {
            owed.Add(new Obligation(kind, WasChecked(use, RelationKind.OutsideWhenDisplaced, displacement), VerifierCode.DisplacementNotProven,
                "The address is moved by more than the guards can stop, and it is not checked where it arrives."));
        }
        else if (operand.Extent is { Kind: ExtentKind.Counted, Count: var count } && use.CountOf(count).IsUnbounded)
        {
            owed.Add(new Obligation(kind, WasChecked(use, RelationKind.StartOfRange, count), VerifierCode.LengthNotBounded,
                "The length may exceed what the guards can stop, and the end of the range is not checked."));
        }
        else if (operand.Extent is { Kind: ExtentKind.Lanes, Count.Bits: not 32 })
        {
            owed.Add(new Obligation(kind, false, VerifierCode.DisplacementNotProven, "Each lane moves the address by a number of 64 bits, which no check covers."));
        }
        else if (!use.IsReference)
        {
            owed.Add(demands.Argument(use.Value, kind));
        }
    }

    /// <summary>A check that lets a negative number pass is enough for a callee that does not.</summary>
    private bool WasChecked(Use use, RelationKind kind, ScaledOperand elements) =>
        (use.Value.Relation.Kind == kind || (kind == RelationKind.StartOfRange && elements.NegativeIsHarmless && use.Value.Relation.Kind == RelationKind.StartOfSignedRange))
        && demands.IsBelieved(use.Value) && use.CountOf(elements).WasChecked(use.Value.Relation);

    /// <summary>One operand at one call.</summary>
    private readonly record struct Use(CallSignature Call, Frame Frame, ApiOperand Operand)
    {
        public Value Value => Call.OperandOf(Operand.Index, Frame);

        public bool IsReceiver => Operand.Index == ApiOperand.Receiver;

        public bool IsReference => !IsReceiver && TypeShapes.Referred(Type) is not null;

        private TypeReference Type => IsReceiver ? Call.ReceiverType! : Call.ArgumentType(Operand.Index);

        public ElementCount CountOf(ScaledOperand scaled) => new(scaled, Type, Call, Frame);
    }
}
