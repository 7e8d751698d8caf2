using MemSentry.AccessTable;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Stack;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Provenance;

/// <summary>
/// Finds the address operands of an instruction: those of the opcode table, and those that become managed references or leave woven code.
/// <para>
/// The contract on references: a managed reference that a member receives (parameter, <c>this</c> of a value type, result of a woven member) lies outside
/// the block. Whoever makes it so - call, return - proves it or is checked here; so is a store into a field, for whoever reads it that is not woven.
/// </para>
/// </summary>
internal sealed class AccessFinder(ResultOrigins results)
{
    private readonly ApiContracts _contracts = new();

    /// <summary>The address operands of an instruction, in no particular order.</summary>
    public IReadOnlyList<Access> Find(Instruction instruction, MethodDefinition member, FrameState before)
    {
        var found = new List<Access>();
        foreach (AddressOperand operand in OpcodeTable.OperandsOf(instruction.OpCode.Code))
        {
            bool onlyAddresses = instruction.OpCode.Code is Code.Ldfld or Code.Stfld;
            Add(operand.Depth, operand.Kind, before, found, instruction.Operand as TypeReference, onlyAddresses);
        }

        switch (instruction.OpCode.Code)
        {
            case Code.Ret when Referred(member.ReturnType) is { } type:
                Add(0, AccessKind.Conversion, before, found, type);
                break;
            case Code.Stfld or Code.Stsfld when Referred(FieldRules.TypeOf((FieldReference)instruction.Operand)) is { } type:
                Add(0, AccessKind.Conversion, before, found, type);
                break;
            case Code.Call or Code.Callvirt or Code.Newobj or Code.Calli:
                FindInCall(instruction, before, found);
                break;
            case Code.Jmp when (member.HasThis && member.DeclaringType.IsValueType) || member.Parameters.Any(p => Referred(p.ParameterType) is not null || IsPointer(p.ParameterType) || IsNativeInteger(p.ParameterType)):
                throw new NotModelledException("jmp passes pointer or reference arguments on without putting them on the stack");
        }

        return found;
    }

    private void FindInCall(Instruction instruction, FrameState before, List<Access> found)
    {
        CallShape call = CallShape.Of(instruction);
        bool leaves = call.Callee is null || results.WovenTarget(instruction.OpCode.Code, call.Callee) is null;
        for (int i = 0; i < call.Signature.Parameters.Count; i++)
        {
            TypeReference type = call.ParameterType(i);
            if (Referred(type) is { } referred)
            {
                Add(call.DepthOf(i), AccessKind.Conversion, before, found, referred);
            }
            else if (leaves && (IsPointer(type) || (IsNativeInteger(type) && !_contracts.IsNumber(call.Callee, i))))
            {
                Add(call.DepthOf(i), AccessKind.Escape, before, found, null);
            }
        }

        if (call.HasReceiver)
        {
            Add(call.ReceiverDepth, AccessKind.Conversion, before, found, ConstrainedType(instruction) ?? call.Callee?.DeclaringType, onlyAddresses: true);
        }
    }

    /// <summary>The type in the instruction's <c>constrained.</c> prefix: then the receiver is a reference to it (ECMA-335 III.2.1).</summary>
    private static TypeReference? ConstrainedType(Instruction instruction)
    {
        Instruction? prefix = instruction.Previous;
        while (prefix is { OpCode.OpCodeType: OpCodeType.Prefix } && prefix.OpCode.Code != Code.Constrained)
        {
            prefix = prefix.Previous;
        }

        return prefix is { OpCode.Code: Code.Constrained } ? (TypeReference)prefix.Operand : null;
    }

    private static void Add(int depth, AccessKind kind, FrameState before, List<Access> found, TypeReference? referred, bool onlyAddresses = false)
    {
        StackValue operand = before.Peek(depth);
        bool looksIntoObject = operand.Kind is StackKind.Object or StackKind.Value;
        if (!onlyAddresses || !looksIntoObject)
        {
            found.Add(new Access(depth, kind, operand, referred));
        }
    }

    /// <summary>The type a managed reference refers to, or null for any other type.</summary>
    private static TypeReference? Referred(TypeReference type) => (StackTypes.WithoutModifiers(type) as ByReferenceType)?.ElementType;

    private static bool IsPointer(TypeReference type) => StackTypes.WithoutModifiers(type) is PointerType;

    private static bool IsNativeInteger(TypeReference type) =>
        StackTypes.WithoutModifiers(type).MetadataType is MetadataType.IntPtr or MetadataType.UIntPtr;
}
