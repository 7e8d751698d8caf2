using MemSentry.AccessTable;
using MemSentry.Analysis.Options;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Equivalence;

/// <summary>Whether a broken check was one too many: another check of the same value stands on every path to where it is used.</summary>
internal static class CheckedElsewhere
{
    /// <summary>Asks about a check of the value on top of the stack.</summary>
    /// <param name="member">The broken member.</param>
    /// <param name="behind">The instruction behind the broken check: the value lies on top of the stack there.</param>
    /// <param name="consumer">The instruction that uses it.</param>
    /// <param name="trust">How long checks of raw numbers are believed.</param>
    public static bool Covers(MethodDefinition member, Instruction behind, Instruction consumer, PointerTrust trust)
    {
        var solved = new CheckedValues(member, trust);
        if (solved.Before(behind) is not { } atCheck || solved.Before(consumer) is not { } atUse)
            return false;

        // What needs no check where the broken one is, needs none in a copy that is kept for later either.
        int value = atCheck.Peek(0);
        return atCheck.IsChecked(value) || (atUse.HasOnStack(value) && (atUse.IsCovered(value) || OnlyComputes(consumer, value, atUse)));
    }

    /// <summary>Asks about a check of a variable.</summary>
    /// <param name="member">The broken member.</param>
    /// <param name="behind">The instruction behind the broken check.</param>
    /// <param name="consumer">The first instruction behind it that uses any value.</param>
    /// <param name="load">Loads the variable; no part of the member.</param>
    /// <param name="trust">How long checks of raw numbers are believed.</param>
    public static bool CoversVariable(MethodDefinition member, Instruction behind, Instruction consumer, Instruction load, PointerTrust trust)
    {
        var solved = new CheckedValues(member, trust);
        if (solved.Before(behind) is not { } atCheck || solved.Before(consumer) is not { } atUse)
            return false;

        int value = solved.Problem.ValueOf(load, atCheck);
        return value != 0 && (atCheck.IsChecked(value) || atUse.IsChecked(value));
    }

    /// <summary>Whether a call only computes with a value, as the access table says: no memory is accessed there, and what comes of it is checked anew.</summary>
    private static bool OnlyComputes(Instruction consumer, int value, CheckedState state)
    {
        if (consumer.Operand is not MethodReference callee || value == 0 || ApiTable.Find(callee) is not { } contract)
            return false;

        int[] used = [.. Enumerable.Range(0, callee.Parameters.Count).Where(i => state.Peek(callee.Parameters.Count - 1 - i) == value)];
        return used.Length > 0 && used.All(i => contract.Operands.Any(o => o.Index == i && o.Role == OperandRole.Exempt));
    }
}
