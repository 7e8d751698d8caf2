using MemSentry.AccessTable;
using MemSentry.Verifier.Flow;
using MemSentry.Verifier.Values;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Proving;

/// <summary>The operands of an instruction that may need cover: those of the opcode table, and those that cross a border.</summary>
internal sealed class Obligations(CallTargets targets)
{
    /// <summary>What an instruction owes under any options, given the frame before it.</summary>
    public IReadOnlyList<Obligation> Of(Instruction instruction, Frame frame, MethodDefinition member)
    {
        var owed = new List<Obligation>();
        IL opcode = instruction.OpCode.Code;
        foreach (AddressOperand operand in OpcodeTable.OperandsOf(opcode))
        {
            Value value = frame.Peek(operand.Depth);
            if (value.IsAddress || opcode is not (IL.Ldfld or IL.Stfld))
                owed.Add(new Obligation(value, operand.Kind, instruction.Operand as TypeReference));
        }

        switch (opcode)
        {
            case IL.Ret:
                AddReference(member.ReturnType, 0, frame, owed);
                break;
            case IL.Stfld or IL.Stsfld:
                AddReference(Instantiation.OfField((FieldReference)instruction.Operand), 0, frame, owed);
                break;
            case IL.Call or IL.Callvirt or IL.Newobj or IL.Calli:
                AddCall(instruction, frame, owed);
                break;
            case IL.Jmp:
                throw RejectionException.NotUnderstood("'jmp' hands arguments on that are not on the stack");
        }

        return owed;
    }

    private static bool AddReference(TypeReference type, int depth, Frame frame, List<Obligation> owed)
    {
        if (TypeShapes.Referred(type) is not { } referred)
            return false;

        owed.Add(new Obligation(frame.Peek(depth), AccessKind.Conversion, referred));
        return true;
    }

    private void AddCall(Instruction instruction, Frame frame, List<Obligation> owed)
    {
        var call = new CallSignature(instruction);
        bool leaves = targets.VerifiedBody(instruction) is null;
        for (int i = 0; i < call.Arguments; i++)
        {
            TypeReference type = TypeShapes.Bare(call.ArgumentType(i));
            bool isNumber = type.MetadataType is MetadataType.IntPtr or MetadataType.UIntPtr;
            if (!AddReference(type, call.DepthOf(i), frame, owed) && leaves && (type is PointerType || (isNumber && !NumberMembers.Include(call.Callee, i))))
                owed.Add(new Obligation(frame.Peek(call.DepthOf(i)), AccessKind.Escape, null));
        }

        if (call.HasReceiver && frame.Peek(call.ReceiverDepth) is { IsAddress: true } receiver)
            owed.Add(new Obligation(receiver, AccessKind.Conversion, ConstrainedType(instruction) ?? call.Callee?.DeclaringType));
    }

    /// <summary>With a <c>constrained.</c> prefix the receiver is a reference to that type (ECMA-335 III.2.1).</summary>
    private static TypeReference? ConstrainedType(Instruction call)
    {
        for (Instruction? prefix = call.Previous; prefix is { OpCode.OpCodeType: OpCodeType.Prefix }; prefix = prefix.Previous)
        {
            if (prefix.OpCode.Code == IL.Constrained)
                return (TypeReference)prefix.Operand;
        }

        return null;
    }
}
