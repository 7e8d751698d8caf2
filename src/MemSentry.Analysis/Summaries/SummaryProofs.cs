using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Displacement;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Summaries;

/// <summary>
/// Finds what one member does not prove of all that is believed: of the arguments of its calls, and of its own result.
/// <para>
/// Proven is what lies near an address outside the block at the very instruction that calls or returns, by checks, anchors and executed accesses as for any access there. Nothing else of the program runs
/// between that point and the first instruction on the other side, so under <c>Trust=leaf</c> it is as if nothing had been called: what the runtime does the first time
/// (it compiles the callee, binds the call) is a limit that the README names.
/// </para>
/// </summary>
internal static class SummaryProofs
{
    /// <summary>The facts that a member breaks.</summary>
    /// <param name="analysis">The member as it will be.</param>
    /// <param name="displacement">How far its addresses lie from proven ones, given all checks that are planned; null if nobody looked, so that nothing is proven.</param>
    /// <param name="facts">What is believed.</param>
    public static List<SummaryFact> BrokenBy(MemberAnalysis analysis, DisplacementAnalysis? displacement, SummaryFacts facts)
    {
        var broken = new List<SummaryFact>();
        foreach (BasicBlock block in analysis.Graph.Blocks)
        {
            DisplacementState? state = displacement?.StateAt(block);
            if (state is null && (displacement is not null || analysis.StateAt(block) is null))
            {
                continue;
            }

            for (int i = block.Range.Start; i < block.Range.End; i++)
            {
                broken.AddRange(Owed(analysis.Member[i], analysis.Member.Body.Method, facts).Where(o => state is null || !IsProven(o.Depth, state)).Select(o => o.Fact));
                if (state is not null)
                {
                    displacement!.Move(i, state);
                }
            }
        }

        return broken;
    }

    /// <summary>What an instruction has to prove, and of which operand.</summary>
    private static IEnumerable<(SummaryFact Fact, int Depth)> Owed(Instruction instruction, MethodDefinition member, SummaryFacts facts)
    {
        if (instruction.OpCode.Code is Code.Ret or Code.Jmp or Code.Tail)
        {
            // What another member returns in the place of this one, this one cannot prove.
            yield return (new SummaryFact(member, SummaryFact.Result), instruction.OpCode.Code == Code.Ret ? 0 : Nowhere);
        }
        else if (facts.Callee(instruction) is { } callee)
        {
            for (int parameter = 0; parameter < callee.Parameters.Count; parameter++)
            {
                yield return (new SummaryFact(callee, parameter), callee.Parameters.Count - 1 - parameter);
            }
        }
    }

    private const int Nowhere = -1;

    private static bool IsProven(int depth, DisplacementState state) => depth != Nowhere && depth < state.Depth
        && state.Frame!.Peek(depth) is { Kind: StackKind.NativeInt } operand
        && (operand.Origin.IsAnchor() || Reach.IsProofForOthers(state.Near(state.Peek(depth))));
}
