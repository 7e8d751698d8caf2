using MemSentry.AccessTable;
using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Dataflow;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Equivalence;

/// <summary>Whether a broken check was one too many: another check of the same value stands on every path to where it is used.</summary>
internal static class CheckedElsewhere
{
    /// <summary>Asks.</summary>
    /// <param name="member">The broken member.</param>
    /// <param name="behind">The instruction behind the broken check: the value lies on top of the stack there.</param>
    /// <param name="consumer">The instruction that uses it.</param>
    /// <param name="trust">How long checks of raw numbers are believed.</param>
    public static bool Covers(MethodDefinition member, Instruction behind, Instruction consumer, PointerTrust trust)
    {
        var code = new CilMember(member.Body);
        var problem = new CheckedProblem(code, trust);
        ControlFlowGraph graph = ControlFlowGraphBuilder.Build(code);
        CheckedState?[] states = ForwardSolver.Solve(graph, problem);
        if (StateAt(behind) is not { } atCheck || StateAt(consumer) is not { } atUse)
            return false;

        int value = atCheck.Peek(0);
        return atUse.HasOnStack(value) && (atUse.IsCovered(value) || OnlyComputes(consumer, value, atUse));

        CheckedState? StateAt(Instruction instruction)
        {
            int index = member.Body.Instructions.IndexOf(instruction);
            BasicBlock block = graph.BlockOf(index);
            if (states[block.Index]?.Copy() is not { } state)
                return null;
            for (int i = block.Range.Start; i < index; i++)
                problem.Transfer(i, state);
            problem.NameTop(index, state);
            return state;
        }
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
