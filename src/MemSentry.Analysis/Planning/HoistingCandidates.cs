using MemSentry.Analysis.Held;
using MemSentry.Analysis.Loops;
using MemSentry.Analysis.Provenance;

namespace MemSentry.Analysis.Planning;

/// <summary>
/// The checks that could go on the way into loops, and in which order they are tried: for each access the outermost loop first.
/// <para>
/// Where the variable changes in a loop, as in a search that goes from node to node, the check on the way in is not enough, and one on the way into a loop inside would do, in each round of the
/// outer one. Before that it is tried to check the variable behind each store instead, where an access is as sure to follow (<see cref="FirstAccesses"/>): then the inner loop is entered as it was
/// written, and what the JIT knows of its first round stays known. There are no more of these checks than accesses, for one access at least follows each store before the next.
/// </para>
/// </summary>
internal sealed class HoistingCandidates
{
    private readonly List<Queue<HoistedCheck>> _left = [];

    public HoistingCandidates(MemberAnalysis analysis, FirstAccesses first)
    {
        IEnumerable<HoistedCheck> all = LoopFinder.Find(analysis.Member, analysis.Graph).SelectMany(first.Find);
        foreach (IEnumerable<HoistedCheck> ofAccess in all.GroupBy(c => (c.Access, c.Depth, c.Variable)))
        {
            HoistedCheck[] fromOutside = [.. ofAccess.OrderByDescending(c => c.Loop.Blocks.Count)];
            var candidates = new Queue<HoistedCheck>();
            for (int i = 0; i < fromOutside.Length; i++)
            {
                candidates.Enqueue(fromOutside[i]);
                if (i + 1 < fromOutside.Length && WithStores(fromOutside[i], analysis, first) is { } withStores)
                {
                    candidates.Enqueue(withStores);
                }
            }

            _left.Add(candidates);
        }
    }

    /// <summary>The next check to try for each access that is left.</summary>
    public List<HoistedCheck> Current => [.. _left.Select(q => q.Peek())];

    /// <summary>Goes on to the next candidates of accesses that were not served.</summary>
    /// <param name="isServed">Whether a check serves its access.</param>
    /// <param name="isLast">Whether there is no time for other candidates: then those accesses keep their checks.</param>
    /// <returns>Whether all were served.</returns>
    public bool AllServed(Func<HoistedCheck, bool> isServed, bool isLast)
    {
        Queue<HoistedCheck>[] failed = [.. _left.Where(q => !isServed(q.Peek()))];
        foreach (Queue<HoistedCheck> candidates in failed)
        {
            candidates.Dequeue();
            if (isLast || candidates.Count == 0)
            {
                _left.Remove(candidates);
            }
        }

        return failed.Length == 0;
    }

    private static HoistedCheck? WithStores(HoistedCheck check, MemberAnalysis analysis, FirstAccesses first)
    {
        int[] stores = [.. check.Loop.Blocks.Select(b => analysis.Graph.Blocks[b].Range).SelectMany(r => Enumerable.Range(r.Start, r.End - r.Start)).Where(i => Changes(i, check.Variable, analysis))];
        return Array.TrueForAll(stores, s => HasRoomBehind(s, analysis) && first.Follow(s))
            ? check with { Stores = [.. stores.Select(s => analysis.Member[s])] }
            : null;
    }

    private static bool Changes(int instruction, int variable, MemberAnalysis analysis) =>
        HeldTransfer.IsStore(analysis.Member[instruction]) && analysis.Variables.VariableOf(analysis.Member[instruction]) == variable;

    /// <summary>Whether no other way leads to what comes behind.</summary>
    private static bool HasRoomBehind(int store, MemberAnalysis analysis) => store + 1 < analysis.Graph.BlockOf(store).Range.End;
}
