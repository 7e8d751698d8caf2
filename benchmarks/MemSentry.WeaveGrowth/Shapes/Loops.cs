using Mono.Cecil.Cil;

namespace MemSentry.WeaveGrowth.Shapes;

/// <summary>Loops in which a pointer moves.</summary>
internal static class Loops
{
    /// <summary>Each inside the one before, as many as there are.</summary>
    public static void Nested(MemberCode code, int instructions)
    {
        VariableDefinition pointer = code.Pointer();
        code.Add(Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Stloc, pointer));
        var open = new Stack<(Instruction Head, Instruction Behind)>();
        while (code.Count < instructions - (2 * open.Count))
        {
            (Instruction head, Instruction behind) = (Instruction.Create(OpCodes.Nop), Instruction.Create(OpCodes.Nop));
            code.Add(head);
            code.BranchIfZero(behind);
            code.Read(pointer);
            code.Add(Instruction.Create(OpCodes.Ldloc, pointer), Instruction.Create(OpCodes.Ldc_I4_4), Instruction.Create(OpCodes.Add), Instruction.Create(OpCodes.Stloc, pointer));
            open.Push((head, behind));
        }

        while (open.TryPop(out (Instruction Head, Instruction Behind) loop))
            code.Add(Instruction.Create(OpCodes.Br, loop.Head), loop.Behind);
    }
}
