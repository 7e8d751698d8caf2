using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Dataflow;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Held;

/// <summary>The raw operands of a member that may have been there before a call.</summary>
internal sealed class HeldOperands
{
    private readonly HashSet<(Instruction Instruction, int Depth)> _held = [];

    /// <summary>Finds them, given that nothing is made new on the way.</summary>
    public HeldOperands(MemberAnalysis analysis, PointerTrust trust)
    {
        var transfer = new HeldTransfer(analysis, trust);
        AnyCanBe = transfer.Matters;
        if (!AnyCanBe)
        {
            return;
        }

        var problem = new HeldProblem(analysis, transfer);
        HeldFrame?[] states = ForwardSolver.Solve(analysis.Graph, problem);
        foreach (BasicBlock block in analysis.Graph.Blocks)
        {
            if (states[block.Index] is { } entry)
            {
                HeldFrame state = problem.Copy(entry);
                for (int i = block.Range.Start; i < block.Range.End; i++)
                {
                    Look(analysis.Member[i], state.Held);
                    problem.Transfer(i, state);
                }
            }
        }
    }

    /// <summary>Nothing yet, for whoever looks for himself.</summary>
    public HeldOperands()
    {
    }

    /// <summary>Whether there are calls at all, and raw pointers are not believed through them.</summary>
    public bool AnyCanBe { get; }

    /// <summary>Whether an operand is held.</summary>
    public bool Include(Instruction instruction, int depth) => _held.Contains((instruction, depth));

    /// <summary>Takes the operands of an instruction into the set, given the state before it.</summary>
    public void Look(Instruction instruction, HeldState state)
    {
        for (int depth = 0; depth < state.Depth; depth++)
        {
            if (state.Peek(depth) is { IsHeld: true, Kind: StackKind.NativeInt })
            {
                _held.Add((instruction, depth));
            }
        }
    }
}
