using System.Collections.Immutable;
using MemSentry.Analysis.Planning;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting.Checks;

/// <summary>
/// The checks before one instruction, whose operands may lie below others: each operand is checked when it is on top, then moved to a local
/// variable to reach the next one, and at the end all are put back in their order. Nothing is evaluated twice.
/// </summary>
internal sealed class OperandChecks(CheckEmitters emitters, SpillSlots slots)
{
    /// <summary>The code that goes before the instruction.</summary>
    public IReadOnlyList<Instruction> Emit(InstructionChecks checks)
    {
        var code = new PendingCode();
        var spilled = new Stack<VariableDefinition>();
        ImmutableArray<StackOperand> operands = checks.Operands;
        for (int i = 0; i < operands.Length; i++)
        {
            if (operands[i].Check is { } check)
                emitters.Of(check.Form).Emit(code, check, checks.Offset);

            // The deepest one stays where it is.
            if (i == operands.Length - 1)
                continue;

            VariableDefinition slot = slots.Take(operands[i].LocalType);
            code.Add(CompactInstruction.StoreLocal(slot));
            spilled.Push(slot);
        }

        while (spilled.TryPop(out VariableDefinition? slot))
            code.Add(CompactInstruction.LoadLocal(slot));

        slots.ReleaseAll();
        return code.Complete(PrefixChain.FirstOf(checks.Target));
    }
}
