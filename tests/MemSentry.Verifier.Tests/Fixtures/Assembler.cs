using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Collections.Generic;

namespace MemSentry.Verifier.Tests.Fixtures;

/// <summary>Writes bodies that our weaver does not make yet, but an optimiser might.</summary>
internal sealed class Assembler(MethodDefinition member)
{
    private readonly MethodDefinition _thrower = member.Module.GetType("<MemSentry>").Methods.Single(m => m.Name == "Throw");

    public MethodBody Body => member.Body;

    public Collection<Instruction> Code => member.Body.Instructions;

    /// <summary>A member of the fixture's class, to be called.</summary>
    public MethodDefinition Member(string name) => member.DeclaringType.Methods.Single(m => m.Name == name);

    public VariableDefinition Local(TypeReference type)
    {
        var local = new VariableDefinition(type);
        member.Body.Variables.Add(local);
        return local;
    }

    public VariableDefinition Pointer() => Local(new PointerType(member.Module.TypeSystem.Int32));

    public Instruction Label() => Instruction.Create(OpCodes.Nop);

    public Assembler Emit(OpCode opcode)
    {
        Code.Add(Instruction.Create(opcode));
        return this;
    }

    public Assembler Emit(OpCode opcode, Instruction target)
    {
        Code.Add(Instruction.Create(opcode, target));
        return this;
    }

    public Assembler Emit(OpCode opcode, VariableDefinition local)
    {
        Code.Add(Instruction.Create(opcode, local));
        return this;
    }

    public Assembler Emit(OpCode opcode, MethodReference callee)
    {
        Code.Add(Instruction.Create(opcode, callee));
        return this;
    }

    public Assembler Emit(OpCode opcode, ParameterDefinition parameter)
    {
        Code.Add(Instruction.Create(opcode, parameter));
        return this;
    }

    public Assembler Emit(OpCode opcode, TypeReference type)
    {
        Code.Add(Instruction.Create(opcode, type));
        return this;
    }

    public Assembler Emit(OpCode opcode, FieldReference field)
    {
        Code.Add(Instruction.Create(opcode, field));
        return this;
    }

    public Assembler Emit(OpCode opcode, long constant)
    {
        Code.Add(Instruction.Create(opcode, constant));
        return this;
    }

    public Assembler Mark(Instruction label)
    {
        Code.Add(label);
        return this;
    }

    /// <summary>Checks the address on top of the stack, which is consumed.</summary>
    public Assembler CheckAndPop(bool equalBranchesToThrow = false)
    {
        Instruction outside = Label();
        Instruction inside = Label();
        Emit(OpCodes.Conv_U);
        Code.Add(Instruction.Create(OpCodes.Ldc_I4, AccessTable.AddressSpaceLayout.BlockShift));
        Emit(OpCodes.Shr_Un);
        Code.Add(Instruction.Create(OpCodes.Ldc_I4, AccessTable.AddressSpaceLayout.BlockIndex));
        if (equalBranchesToThrow)
            Emit(OpCodes.Beq, inside).Emit(OpCodes.Br, outside).Mark(inside);
        else
            Emit(OpCodes.Bne_Un, outside);

        Emit(OpCodes.Ldc_I4_0).Emit(OpCodes.Conv_U).Emit(OpCodes.Ldnull).Emit(OpCodes.Ldc_I4_0).Emit(OpCodes.Ldc_I4_1);
        return Emit(OpCodes.Call, _thrower).Mark(outside);
    }
}
