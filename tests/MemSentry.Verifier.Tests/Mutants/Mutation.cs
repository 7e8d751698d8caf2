using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests.Mutants;

/// <summary>Ways to break one check.</summary>
internal static class Mutation
{
    public static void Remove(CheckSite check)
    {
        foreach (Instruction instruction in check.All)
            Become(instruction, OpCodes.Nop, null);
    }

    public static void ShiftArithmetically(CheckSite check) => Become(check[3], OpCodes.Shr, null);

    public static void BranchOnOrder(CheckSite check) => check[5].OpCode = OpCodes.Bgt_Un;

    private static void Become(Instruction instruction, OpCode opcode, object? operand)
    {
        instruction.OpCode = opcode;
        instruction.Operand = operand;
    }
}
