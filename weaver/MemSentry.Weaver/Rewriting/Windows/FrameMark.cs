using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting.Windows;

/// <summary>
/// A variable of a body whose address stands for the body's stack frame. Its value is never used: nobody who can write memory can change where it is.
/// </summary>
internal sealed class FrameMark(VariableDefinition variable)
{
    /// <summary>Adds the variable to a body.</summary>
    public static FrameMark In(MethodDefinition method)
    {
        var variable = new VariableDefinition(method.Module.TypeSystem.Byte);
        method.Body.Variables.Add(variable);
        return new FrameMark(variable);
    }

    /// <summary>Code that pushes the address, as a number, and hands it to a member of the runtime.</summary>
    public IEnumerable<Instruction> PassTo(MethodReference member) =>
    [
        Instruction.Create(OpCodes.Ldloca, variable),
        Instruction.Create(OpCodes.Conv_U),
        Instruction.Create(OpCodes.Call, member),
    ];
}
