using System.Collections.Immutable;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Accessors;

/// <summary>Puts code in the place of a call.</summary>
internal static class CallReplacement
{
    /// <summary>Whatever leads to the call leads to the code: its first instruction is the call, made into another.</summary>
    public static void Put(MethodBody body, Instruction call, ImmutableArray<Instruction> code)
    {
        int index = body.Instructions.IndexOf(call);
        (call.OpCode, call.Operand) = (code[0].OpCode, code[0].Operand);
        for (int i = 1; i < code.Length; i++)
        {
            var copy = Instruction.Create(OpCodes.Nop);
            (copy.OpCode, copy.Operand, copy.Offset) = (code[i].OpCode, code[i].Operand, call.Offset + i);
            body.Instructions.Insert(index + i, copy);
        }
    }
}
