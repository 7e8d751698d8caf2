using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Displacement;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning.Copies;

/// <summary>
/// How far a masked copy that moves lies from a number with bit 46 set: whether all accesses through it stay within reach of one.
/// <para>
/// Argument: such a number lies outside the block. Behind a step the copy may be any number, but no farther from one outside the block than its steps add up to; and an
/// access through it that was executed starts the sum anew (<see cref="Evidence"/>). That access was within reach, so it went outside the block or faulted, whoever the pointer
/// is from: unlike evidence of what was not masked it does not rest on a fault that has to come in the alias, from where no small steps lead into the block.
/// </para>
/// <para>
/// What the program does is the same. The copy of a pointer to ordinary memory is that pointer, and stays it with each step; that of the null pointer
/// arrives as far behind the start of the null range as the pointer behind null.
/// </para>
/// </summary>
internal static class CopyDistances
{
    /// <summary>Whether all accesses are within reach.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="graph">The graph of the member.</param>
    /// <param name="kept">The loads that are made volatile.</param>
    public static bool StayWithinReach(MovingCopy copy, ControlFlowGraph graph, IReadOnlySet<Instruction> kept)
    {
        var before = new Interval?[graph.Blocks.Count];
        before[0] = Interval.Zero;
        var work = new SortedSet<int>([0]);
        while (work.Count > 0)
        {
            int block = work.Min;
            work.Remove(block);
            if (Behind(before[block]!.Value, copy.In(graph.Blocks[block]), kept) is not { } after)
            {
                return false;
            }

            foreach (BasicBlock next in graph.Blocks[block].Successors.Select(e => graph.Blocks[e.Target]))
            {
                // Where no access follows, the copy is masked before the next one.
                Interval arriving = copy.IsLiveAt(next) ? after : Interval.Zero;
                Interval? joined = before[next.Index] is { } known ? Interval.Widen(known, arriving) : arriving;
                if (joined is null)
                {
                    return false;
                }

                if (joined != before[next.Index])
                {
                    before[next.Index] = joined;
                    work.Add(next.Index);
                }
            }
        }

        return true;
    }

    private static Interval? Behind(Interval distance, IReadOnlyList<CopyEvent> events, IReadOnlySet<Instruction> kept)
    {
        foreach (CopyEvent found in events)
        {
            switch (found.Kind)
            {
                case CopyEventKind.Use:
                    if (!Reach.Includes(Interval.Add(distance, Interval.Of(found.Bytes)), isArgument: false))
                    {
                        return null;
                    }

                    Interval evidence = Evidence.Of(Interval.Of(found.Bytes), found.Instruction.OpCode.Code == Code.Stfld)!.Value;
                    distance = (found.IsEvidence || kept.Contains(found.Instruction)) && !distance.IsWithin(evidence) ? evidence : distance;
                    break;
                case CopyEventKind.Step when Interval.Add(distance, Interval.Of(found.Bytes)) is { } moved:
                    distance = moved;
                    break;
                default:
                    distance = Interval.Zero;
                    break;
            }
        }

        return distance;
    }
}
