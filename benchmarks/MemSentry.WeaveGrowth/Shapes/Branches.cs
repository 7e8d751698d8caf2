using Mono.Cecil.Cil;

namespace MemSentry.WeaveGrowth.Shapes;

/// <summary>Members whose paths part and meet.</summary>
internal static class Branches
{
    private const int InstructionsPerCase = 6;

    /// <summary>One branch after the other, over an access each.</summary>
    public static void Diamonds(MemberCode code, int instructions)
    {
        for (int i = 0; code.Count < instructions; i++)
        {
            Instruction other = Instruction.Create(OpCodes.Nop);
            Instruction behind = Instruction.Create(OpCodes.Nop);
            code.BranchIfZero(other);
            code.Access(i);
            code.Add(Instruction.Create(OpCodes.Br, behind), other);
            code.Access(-i);
            code.Add(behind);
        }
    }

    /// <summary>One <c>switch</c> with more and more cases that meet behind it.</summary>
    public static void Switch(MemberCode code, int instructions)
    {
        Instruction behind = Instruction.Create(OpCodes.Nop);
        Instruction[] cases = [.. Enumerable.Range(0, instructions / InstructionsPerCase).Select(_ => Instruction.Create(OpCodes.Ldarg_0))];
        code.Add(Instruction.Create(OpCodes.Ldarg_2), Instruction.Create(OpCodes.Switch, cases), Instruction.Create(OpCodes.Br, behind));
        for (int i = 0; i < cases.Length; i++)
        {
            code.Add(cases[i], Instruction.Create(OpCodes.Ldc_I4, i), Instruction.Create(OpCodes.Add));
            code.Add(Instruction.Create(OpCodes.Ldind_I4), Instruction.Create(OpCodes.Pop), Instruction.Create(OpCodes.Br, behind));
        }

        code.Add(behind);
    }
}
