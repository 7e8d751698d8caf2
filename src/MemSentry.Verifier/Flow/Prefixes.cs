using MemSentry.AccessTable;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>
/// A prefix and its instruction are one (ECMA-335 III.2). One that stands before anything else has no meaning that the verifier and the runtime could agree
/// on: what it was written for would be read without it.
/// </summary>
internal static class Prefixes
{
    /// <summary>Whether an instruction has the prefix <c>volatile.</c>.</summary>
    public static bool MakeVolatile(Instruction instruction)
    {
        Instruction? prefix = instruction.Previous;
        while (prefix is { OpCode: { OpCodeType: OpCodeType.Prefix, Code: not IL.Volatile } })
            prefix = prefix.Previous;
        return prefix?.OpCode.Code == IL.Volatile;
    }

    /// <summary>Whether an instruction is no prefix, or the prefix of what follows.</summary>
    public static bool Fit(Instruction instruction)
    {
        if (instruction.OpCode.OpCodeType != OpCodeType.Prefix)
            return true;
        if (instruction.Next is not { } next)
            return false;
        if (next.OpCode.OpCodeType == OpCodeType.Prefix)
            return true;

        IL opcode = next.OpCode.Code;
        return instruction.OpCode.Code switch
        {
            IL.Constrained => opcode is IL.Callvirt or IL.Call or IL.Ldftn,
            IL.Tail => next.OpCode.FlowControl == FlowControl.Call,
            IL.Volatile or IL.Unaligned => opcode is IL.Ldsfld or IL.Stsfld || OpcodeTable.OperandsOf(opcode).Length > 0,
            IL.Readonly => opcode is IL.Ldelema or IL.Call or IL.Callvirt,
            _ => true,
        };
    }
}
