using MemSentry.AccessTable;
using MemSentry.Verifier.Flow;
using MemSentry.Verifier.Values;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Proving;

/// <summary>What an instruction owes: for the operands of the opcode table, and for what crosses a border.</summary>
internal sealed class Obligations(CallTargets targets, TypeShapes shapes, AddressDemands demands)
{
    private readonly CallDemands _calls = new(targets, shapes, demands);
    private readonly Jumps _jumps = new(shapes);

    /// <summary>What an instruction owes under any options, given the frame before it.</summary>
    public IReadOnlyList<Obligation> Of(Instruction instruction, Frame frame, MethodDefinition member, Variables variables)
    {
        var owed = new List<Obligation>();
        AddAccesses(instruction, frame, owed);
        if (variables.AreLent && new Leaks(shapes, targets, variables).Include(instruction, frame, Exposure.Lent))
            owed.Add(ContentsDemands.LetGo);
        switch (instruction.OpCode.Code)
        {
            case IL.Ret when frame.Depth > 0:
                AddValue(member.ReturnType, frame.Peek(0), owed);
                if (targets.Summaries.IncludeResult(member))
                    owed.Add(AddressDemands.Summary(frame.Peek(0)));
                break;
            case IL.Jmp or IL.Tail when targets.Summaries.IncludeResult(member):
                throw RejectionException.NotUnderstood("Another member returns in its place, and what it returns is believed");
            case IL.Stfld or IL.Stsfld:
                if (ApiTable.Find((FieldReference)instruction.Operand) is { Operands: [{ Role: OperandRole.Escape }] })
                    owed.Add(demands.Escape(frame.Peek(0)));
                AddValue(Instantiation.OfField((FieldReference)instruction.Operand), frame.Peek(0), owed);
                break;
            case IL.Stloc or IL.Stloc_S or IL.Stloc_0 or IL.Stloc_1 or IL.Stloc_2 or IL.Stloc_3 or IL.Starg or IL.Starg_S:
                if (frame.Peek(0).Kind == ValueKind.Holder && variables.IsAddressTaken(variables.IndexOf(instruction)))
                    owed.Add(ContentsDemands.Value(frame.Peek(0)));
                break;
            case IL.Stobj when frame.Peek(1).Kind == ValueKind.Reference && shapes.HoldsReferences((TypeReference)instruction.Operand):
                owed.Add(ContentsDemands.Value(frame.Peek(0)));
                break;
            case IL.Cpobj when frame.Peek(1).Kind == ValueKind.Reference && shapes.HoldsReferences((TypeReference)instruction.Operand):
                owed.Add(ContentsDemands.Behind(frame.Peek(0), (TypeReference)instruction.Operand));
                break;
            case IL.Call or IL.Callvirt or IL.Newobj or IL.Calli when !targets.IsThrow(instruction) && !BorderChecks.IsCheck(instruction):
                _calls.Add(instruction, frame, owed);
                break;
            case IL.Cpblk or IL.Initblk when frame.Peek(0).Kind != ValueKind.Int32:
                owed.Add(new Obligation(OpcodeTable.OperandsOf(instruction.OpCode.Code)[^1].Kind, false, VerifierCode.LengthNotBounded,
                    "The length is not an int32, and only lengths below 4 GiB are stopped by the guards on either side of the arena."));
                break;
            case IL.Jmp:
                _jumps.Require(member, (MethodReference)instruction.Operand);
                break;
        }

        return owed;
    }

    private void AddAccesses(Instruction instruction, Frame frame, List<Obligation> owed)
    {
        IL opcode = instruction.OpCode.Code;
        foreach (AddressOperand operand in OpcodeTable.OperandsOf(opcode))
        {
            Value value = frame.Peek(operand.Depth);
            if (operand.Kind == AccessKind.Conversion)
                owed.Add(demands.Border(value, (TypeReference)instruction.Operand));
            else if (value.IsAddress || opcode is not (IL.Ldfld or IL.Stfld))
                owed.Add(demands.Access(value, operand.Kind));
            if (operand.Kind == AccessKind.Store && Overwrites(value, instruction))
                owed.Add(ContentsDemands.Overwritten);
        }
    }

    /// <summary>
    /// Whether a store changes a structure with references inside without minding them. Of a number that was made of a variable's own address this
    /// is no matter: the variable counts as leaked then.
    /// </summary>
    private bool Overwrites(Value address, Instruction store)
    {
        TypeReference? written = store.Operand is FieldReference field ? field.DeclaringType : store.Operand as TypeReference;
        bool isOwnVariable = address is { Kind: ValueKind.Raw, IsOwn: true };
        return !isOwnVariable && address.IsAddress && shapes.IsHolder(address.Type) && !SameType.Are(address.Type, written);
    }

    private void AddValue(TypeReference type, Value value, List<Obligation> owed)
    {
        if (TypeShapes.Referred(type) is { } referred)
        {
            owed.Add(demands.Border(value, referred));
            if (shapes.HoldsReferences(referred))
                owed.Add(ContentsDemands.Behind(value, referred));
        }
        else if (value.Kind == ValueKind.Holder)
        {
            owed.Add(ContentsDemands.Value(value));
        }
    }
}
