using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Collections.Generic;

namespace MemSentry.SeededBugs.Bugs;

/// <summary>Ways to make a bug of a member.</summary>
public static class Seeds
{
    /// <summary>It does nothing, or says no.</summary>
    public static Action<MethodDefinition> Nothing => member => Replace(member, member.ReturnType.MetadataType == MetadataType.Void ? [] : [Instruction.Create(OpCodes.Ldc_I4_0)]);

    /// <summary>It says yes, or always the same number.</summary>
    public static Action<MethodDefinition> Says(int answer = 1) => member => Replace(member, [Instruction.Create(OpCodes.Ldc_I4, answer)]);

    /// <summary>It returns what it was given.</summary>
    public static Action<MethodDefinition> SaysParameter(string name) => member =>
        Replace(member, [Instruction.Create(OpCodes.Ldarg, member.Parameters.SingleOrDefault(p => p.Name == name) ?? throw Changed(member, $"a parameter '{name}'"))]);

    /// <summary>One of its calls is left out.</summary>
    /// <param name="callee">The name of whom it calls.</param>
    /// <param name="which">Which of these calls, from 0.</param>
    /// <param name="of">How many there are.</param>
    public static Action<MethodDefinition> WithoutCall(string callee, int which, int of) => member =>
    {
        Instruction[] calls = [.. member.Body.Instructions.Where(i => i.Operand is MethodReference m && (m.Name == callee || m.Name.Contains($"g__{callee}|", StringComparison.Ordinal)))];
        if (calls.Length != of)
            throw Changed(member, $"{of} calls of {callee}");

        LeaveOut(calls[which], (MethodReference)calls[which].Operand, member.Body);
    };

    /// <summary>One of its constants is another.</summary>
    /// <param name="from">The constant.</param>
    /// <param name="to">The other.</param>
    /// <param name="of">How often the constant is there; all are changed.</param>
    public static Action<MethodDefinition> OtherConstant(long from, long to, int of = 1) => member =>
    {
        Instruction[] loads = [.. member.Body.Instructions.Where(i => ConstantOf(i) == from)];
        if (loads.Length != of)
            throw Changed(member, $"{of} constants {from}, but {loads.Length}");

        foreach (Instruction load in loads)
            (load.OpCode, load.Operand) = load.OpCode.Code == Code.Ldc_I8 ? (OpCodes.Ldc_I8, (object)to) : (OpCodes.Ldc_I4, (int)to);
    };

    private static void LeaveOut(Instruction call, MethodReference callee, MethodBody body)
    {
        Collection<Instruction> code = body.Instructions;
        int operands = callee.Parameters.Count + (callee.HasThis ? 1 : 0);
        bool givesFirst = callee.ReturnType.MetadataType != MetadataType.Void;
        int at = code.IndexOf(call);
        call.OpCode = OpCodes.Nop;
        call.Operand = null;
        for (int i = givesFirst ? 1 : 0; i < operands; i++)
            code.Insert(at + 1, Instruction.Create(OpCodes.Pop));
    }

    private static void Replace(MethodDefinition member, Instruction[] code)
    {
        member.Body = new MethodBody(member);
        foreach (Instruction instruction in code.Append(Instruction.Create(OpCodes.Ret)))
            member.Body.Instructions.Add(instruction);
    }

    private static long? ConstantOf(Instruction instruction) => instruction.OpCode.Code switch
    {
        >= Code.Ldc_I4_0 and <= Code.Ldc_I4_8 => instruction.OpCode.Code - Code.Ldc_I4_0,
        Code.Ldc_I4 => (int)instruction.Operand,
        Code.Ldc_I4_S => (sbyte)instruction.Operand,
        Code.Ldc_I8 => (long)instruction.Operand,
        _ => null,
    };

    private static SeedException Changed(MethodDefinition member, string expected) => new($"{member.DeclaringType.Name}::{member.Name} does not have {expected}; the bug has to follow the code.");
}
