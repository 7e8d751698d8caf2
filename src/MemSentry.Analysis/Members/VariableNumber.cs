using MemSentry.Analysis.Stack;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Members;

/// <summary>Numbers the arguments and local variables of a member: arguments first, <c>this</c> before all others.</summary>
internal static class VariableNumber
{
    /// <summary>The variable that a <c>ldarg</c>, <c>starg</c>, <c>ldarga</c>, <c>ldloc</c>, <c>stloc</c> or <c>ldloca</c> names.</summary>
    /// <exception cref="NotModelledException">There is none.</exception>
    public static int Of(Instruction instruction, MethodBody body)
    {
        int arguments = body.Method.Parameters.Count + (body.Method.HasThis ? 1 : 0);
        int index = instruction.OpCode.Code switch
        {
            >= Code.Ldarg_0 and <= Code.Ldarg_3 => instruction.OpCode.Code - Code.Ldarg_0,
            >= Code.Ldloc_0 and <= Code.Ldloc_3 => arguments + (instruction.OpCode.Code - Code.Ldloc_0),
            >= Code.Stloc_0 and <= Code.Stloc_3 => arguments + (instruction.OpCode.Code - Code.Stloc_0),
            _ when instruction.Operand is ParameterDefinition parameter => OfArgument(parameter),
            _ when instruction.Operand is VariableDefinition local => arguments + local.Index,
            _ => -1,
        };
        return index >= 0 && index < arguments + body.Variables.Count ? index : throw new NotModelledException("a variable does not exist");
    }

    /// <summary>Cecil gives the <c>this</c> argument the index -1.</summary>
    private static int OfArgument(ParameterDefinition parameter) => ((MethodReference)parameter.Method).HasThis ? parameter.Index + 1 : parameter.Index;
}
