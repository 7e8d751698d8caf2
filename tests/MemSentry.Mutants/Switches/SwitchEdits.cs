using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Switches;

/// <summary>What is done to code to break it.</summary>
internal static class SwitchEdits
{
    /// <summary>A call is not made; what it would have taken is taken away.</summary>
    public static void LeaveOut(MethodBody body, Instruction call)
    {
        int parameters = ((MethodReference)call.Operand).Parameters.Count;
        (call.OpCode, call.Operand) = (OpCodes.Pop, null);
        for (int i = 1; i < parameters; i++)
            Insert(body, body.Instructions.IndexOf(call) + 1, Instruction.Create(OpCodes.Pop));
    }

    /// <summary>An instruction pushes a number instead.</summary>
    public static void Constant(Instruction instruction, int value) => (instruction.OpCode, instruction.Operand) = (OpCodes.Ldc_I4, value);

    /// <summary>A variable more.</summary>
    public static VariableDefinition Another(MethodBody body)
    {
        var variable = new VariableDefinition(body.Method.Module.TypeSystem.Byte);
        body.Variables.Add(variable);
        return variable;
    }

    /// <summary>Instructions more.</summary>
    public static void Insert(MethodBody body, int index, params Instruction[] code)
    {
        foreach (Instruction instruction in code)
            body.Instructions.Insert(index++, instruction);
    }
}
