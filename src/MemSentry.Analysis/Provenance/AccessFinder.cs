using MemSentry.AccessTable;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Stack;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Provenance;

/// <summary>
/// Finds the operands of an instruction of which something has to hold: those of the opcode table, and those that become managed references or leave
/// woven code.
/// <para>
/// The contract on references: a managed reference, and a structure with references inside, that a member receives (parameter, <c>this</c> of a value
/// type, result of a woven member) lies outside the block, with the whole extent of its spans. Whoever makes it so - call, return, store into a field or
/// through a reference - proves it or is checked here.
/// </para>
/// </summary>
internal sealed class AccessFinder(StackTypes types, MemberVariables variables, ApiContracts contracts, CallOperands calls)
{
    private readonly Jumps _jumps = new(types);

    /// <summary>Adds the operands of an instruction of which something has to hold, in no particular order.</summary>
    public void Find(Instruction instruction, MethodDefinition member, FrameState before, List<Access> found)
    {
        RefuseOverwriting(instruction, before);
        foreach (AddressOperand operand in OpcodeTable.OperandsOf(instruction.OpCode.Code))
        {
            StackValue address = before.Peek(operand.Depth);
            bool looksIntoObject = instruction.OpCode.Code is Code.Ldfld or Code.Stfld && address.Kind is StackKind.Object or StackKind.Value;
            if (!looksIntoObject)
            {
                found.Add(new Access(operand.Depth, operand.Kind, address, instruction.Operand as TypeReference));
            }
        }

        switch (instruction.OpCode.Code)
        {
            case Code.Ret when before.Depth > 0:
                AddTrusted(member.ReturnType, before, found, isReturned: true);
                break;
            case Code.Stfld or Code.Stsfld:
                AddTrusted(FieldRules.TypeOf((FieldReference)instruction.Operand), before, found);
                AddHandle((FieldReference)instruction.Operand, before, found);
                break;
            case Code.Stobj when before.Peek(1).Kind == StackKind.Reference:
                AddTrusted((TypeReference)instruction.Operand, before, found);
                break;
            case Code.Cpobj when types.Holders.Include((TypeReference)instruction.Operand):
                found.Add(new Access(0, AccessKind.Conversion, before.Peek(0), (TypeReference)instruction.Operand, Demand.Contents));
                break;
            case Code.Starg or Code.Starg_S or Code.Stloc or Code.Stloc_S or Code.Stloc_0 or Code.Stloc_1 or Code.Stloc_2 or Code.Stloc_3
                when variables.VariableOf(instruction) is var variable && variables.AddressTaken[variable] && variables.OnEntry[variable] is { HoldsReferences: true } stored:
                found.Add(new Access(0, AccessKind.Conversion, before.Peek(0), stored.Type, Demand.Structure));
                break;
            case Code.Call or Code.Callvirt or Code.Newobj or Code.Calli:
                calls.Find(instruction, before, found);
                break;
            case Code.Jmp:
                _jumps.Require(member, (MethodReference)instruction.Operand);
                break;
        }
    }

    /// <summary>
    /// Bytes written over somebody else's structure with references inside would be believed by whoever lent it. In a variable of this member it is
    /// only this member that would, and it does not (<see cref="ContentsExposure"/>).
    /// </summary>
    private void RefuseOverwriting(Instruction instruction, FrameState before)
    {
        (StackValue target, TypeReference? written) = instruction.OpCode.Code switch
        {
            Code.Stind_I or Code.Stind_I1 or Code.Stind_I2 or Code.Stind_I4 or Code.Stind_I8 or Code.Stind_R4 or Code.Stind_R8 or Code.Stind_Ref => (before.Peek(1), null),
            Code.Stobj => (before.Peek(1), (TypeReference)instruction.Operand),
            Code.Initobj => (before.Peek(0), (TypeReference)instruction.Operand),
            Code.Cpblk or Code.Initblk => (before.Peek(2), null),
            _ => (StackValue.Int32, null),
        };
        bool isOwn = target.Origin is AddressOrigin.LocalVariable or AddressOrigin.Argument;
        if (target is { Kind: StackKind.Reference, Type: { } type } && !isOwn && types.Holders.Include(type) && !TypeIdentity.Same(type, written))
        {
            throw new NotModelledException($"it writes over a {type.FullName}, which has managed references inside, as if it were something else");
        }
    }

    /// <summary>What goes where later code trusts it: a reference, or a structure with references inside.</summary>
    private void AddTrusted(TypeReference type, FrameState before, List<Access> found, bool isReturned = false)
    {
        type = StackTypes.WithoutModifiers(type);
        if (type is ByReferenceType { ElementType: { } referred })
        {
            found.Add(new Access(0, AccessKind.Conversion, before.Peek(0), referred));
            if (types.Holders.Include(referred) && isReturned)
            {
                found.Add(new Access(0, AccessKind.Conversion, before.Peek(0), referred, Demand.Contents));
            }
        }
        else if (types.Holders.Include(type))
        {
            found.Add(new Access(0, AccessKind.Conversion, before.Peek(0), type, Demand.Structure));
        }
    }

    /// <summary>A number that is stored where framework code finds its handle, such as in <c>SafeHandle.handle</c>, leaves woven code there.</summary>
    private void AddHandle(FieldReference field, FrameState before, List<Access> found)
    {
        if (before.Peek(0).Kind == StackKind.NativeInt && contracts.IsHandle(field))
        {
            found.Add(new Access(0, AccessKind.Escape, before.Peek(0)));
        }
    }
}
