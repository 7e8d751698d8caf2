using Mono.Cecil.Cil;

namespace MemSentry.WeaveGrowth.Shapes;

/// <summary>More and more local variables, each of which is alive on many paths.</summary>
internal static class Locals
{
    private const int InstructionsPerLocal = 9;

    /// <summary>Sets all, then uses each behind a branch.</summary>
    public static void Fill(MemberCode code, int instructions)
    {
        VariableDefinition[] locals = [.. Enumerable.Range(0, instructions / InstructionsPerLocal).Select(_ => code.Pointer())];
        for (int i = 0; i < locals.Length; i++)
        {
            code.LoadMoved(i);
            code.Add(Instruction.Create(OpCodes.Stloc, locals[i]));
        }

        foreach (VariableDefinition local in locals)
        {
            Instruction behind = Instruction.Create(OpCodes.Nop);
            code.BranchIfZero(behind);
            code.Read(local);
            code.Add(behind);
        }
    }
}
