using System.Collections.Immutable;
using MemSentry.Analysis.Planning;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting.Checks;

/// <summary>
/// The checks at one place. Operands of an instruction may lie below others: each operand is checked when it is on top, then moved to a local
/// variable to reach the next one, and at the end all are put back in their order. Nothing is evaluated twice. Checks that look at two operands
/// at once come last, when both are in their variables.
/// </summary>
internal sealed class OperandChecks(CheckEmitters emitters, CopyEmitter copies, RenewalEmitter renewals, SpillSlots slots)
{
    /// <summary>The code that goes to a place.</summary>
    public List<Instruction> Emit(CheckSite site)
    {
        var code = new PendingCode();
        copies.EmitRefreshes(site.Anchor, code);
        if (site.RenewsBase)
            renewals.Emit(code);
        if (site.MasksBase)
            MaskEmitter.EmitMask(code);
        if (site.Base is { } pushed)
            emitters.Bases.EmitBase(code, pushed);
        foreach (VariableCheck check in site.Variables)
        {
            if (check.IsHeld)
                renewals.EmitVariable(check.Variable, code);
            emitters.Bases.EmitVariable(code, check);
        }

        if (site.Operands is { } operands)
            EmitOperands(operands, code);
        copies.EmitUses(site.Anchor, code);
        if (site.IsKept)
            code.Add(Instruction.Create(OpCodes.Volatile));

        return code.Complete(site.Anchor);
    }

    private void EmitOperands(InstructionChecks checks, PendingCode code)
    {
        var spilled = new List<VariableDefinition>();
        ImmutableArray<StackOperand> operands = checks.Operands;
        bool measures = operands.Any(o => o.Checks.Any(LengthCheckEmitter.Makes));
        for (int i = 0; i < operands.Length; i++)
        {
            if (operands[i].IsHeld)
                renewals.Emit(code);
            foreach (OperandCheck check in operands[i].Checks.Where(c => !LengthCheckEmitter.Makes(c)))
            {
                if (check.Copy is { } copy)
                    copies.EmitAddress(copy, code);
                else
                    emitters.Of(check.Form).Emit(code, check, checks.Offset);
            }

            // The deepest one stays where it is, unless it has to be looked at again.
            if (i == operands.Length - 1 && !measures)
                continue;

            VariableDefinition slot = slots.Take(operands[i].LocalType);
            code.Add(CompactInstruction.StoreLocal(slot));
            spilled.Add(slot);
        }

        EmitLengths(checks, spilled, code);
        foreach (VariableDefinition slot in Enumerable.Reverse(spilled))
            code.Add(CompactInstruction.LoadLocal(slot));

        slots.ReleaseAll();
    }

    private void EmitLengths(InstructionChecks checks, List<VariableDefinition> spilled, PendingCode code)
    {
        for (int depth = 0; depth < checks.Operands.Length; depth++)
        {
            foreach (OperandCheck check in checks.Operands[depth].Checks.Where(LengthCheckEmitter.Makes))
                emitters.Lengths.Emit(code, check, depth, spilled, checks.Offset);
        }
    }
}
