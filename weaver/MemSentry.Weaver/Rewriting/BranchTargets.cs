using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting;

/// <summary>Leads branches and switch tables of the input to where their targets are now. Branches inside inserted code are right already.</summary>
internal static class BranchTargets
{
    /// <summary>Moves the operands of all branches.</summary>
    public static void Move(IEnumerable<Instruction> input, MovedReferences moved)
    {
        foreach (Instruction instruction in input)
        {
            instruction.Operand = instruction.Operand switch
            {
                Instruction target => moved.Of(target),
                Instruction[] targets => Array.ConvertAll(targets, moved.Of),
                var other => other,
            };
        }
    }
}
