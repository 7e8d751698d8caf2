using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Members;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Loops;

/// <summary>
/// Loads whose value decides, in the next instruction or two, whether a loop goes on or is left, as in <c>while (*p++ != 0)</c>.
/// <para>
/// The JIT leaves out a load whose value nobody needs. This one is needed: the ways behind the branch are different for good, since one comes back to the loop's header and the
/// other does not, and the branch depends on the value, since the constant that it is compared with is one of those in between.
/// </para>
/// </summary>
internal static class LoopDecisions
{
    public static HashSet<Instruction> Find(CilMember member, ControlFlowGraph graph)
    {
        var loads = new HashSet<Instruction>(ReferenceEqualityComparer.Instance);
        foreach (NaturalLoop loop in NaturalLoop.Find(graph))
        {
            foreach (int block in loop.Blocks)
            {
                if (Leaves(graph.Blocks[block], loop) && DecidingLoad(graph.Blocks[block].Range, member) is { } load)
                {
                    loads.Add(load);
                }
            }
        }

        return loads;
    }

    private static bool Leaves(BasicBlock block, NaturalLoop loop)
    {
        int[] ways = [.. block.Successors.Where(e => e.Kind == EdgeKind.Normal).Select(e => e.Target)];
        return ways is [var a, var b] && loop.Blocks.Contains(a) != loop.Blocks.Contains(b);
    }

    /// <summary>The load that the branch at the end of a block decides by.</summary>
    private static Instruction? DecidingLoad(InstructionRange block, CilMember member)
    {
        Instruction branch = member[block.End - 1];
        bool isTest = branch.OpCode.Code is Code.Brtrue or Code.Brtrue_S or Code.Brfalse or Code.Brfalse_S;
        if (isTest && block.End - 2 >= block.Start)
        {
            return Values(member[block.End - 2]) is not null ? member[block.End - 2] : null;
        }

        return !isTest && branch.OpCode.FlowControl == Mono.Cecil.Cil.FlowControl.Cond_Branch && branch.OpCode.Code != Code.Switch && block.End - 3 >= block.Start
            && Values(member[block.End - 3]) is var (low, high) && Constants.Of(member[block.End - 2]) is { } constant && constant > low && constant < high
            ? member[block.End - 3]
            : null;
    }

    /// <summary>The least and the greatest value that a load can have; null if it is none, or if signs would have to be thought of.</summary>
    private static (int Low, int High)? Values(Instruction load) => load.OpCode.Code switch
    {
        Code.Ldind_U1 => (0, byte.MaxValue),
        Code.Ldind_U2 => (0, ushort.MaxValue),
        Code.Ldind_I4 => (0, int.MaxValue),
        _ => null,
    };
}
