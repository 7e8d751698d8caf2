using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Displacement;
using MemSentry.Analysis.Held;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Provenance;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Loops;

/// <summary>
/// Finds the accesses that are performed for sure once a block is entered, on whichever way control goes on, before anything else can be seen of the program: up to the
/// first call, store or volatile access (Nielson, Nielson and Hankin, 2.1.3: very busy expressions). A check of theirs may be done where the block is entered, for nothing that the program does
/// would have come before it or in its place, unless a load or computation before the access fails, which then is not reported first (as in <see cref="StatementStart"/>).
/// Inside a protected region a variable that is stored to can be seen as well, by a handler; and no check leaves such a region, because another handler would get what it throws.
/// <para>What comes behind a way back is not certain: whoever runs round for ever performs no access.</para>
/// </summary>
internal sealed class FirstAccesses(MemberAnalysis analysis, DisplacementAnalysis displacement)
{
    /// <summary>So many blocks are looked at one behind the other.</summary>
    private const int Deepest = 12;

    private static readonly Dictionary<int, FirstAccess> None = [];

    private readonly Dictionary<int, Dictionary<int, FirstAccess>> _found = [];

    /// <summary>The checks of variables that would serve such accesses in the first round of a loop; each variable once.</summary>
    public IEnumerable<HoistedCheck> Find(Loop loop)
    {
        IEnumerable<HoistedCheck> ofHeader = In(loop.Header, loop);
        return loop.HasTest ? ofHeader.Concat(In(loop.First, loop)).DistinctBy(c => c.Variable) : ofHeader;
    }

    /// <summary>Whether a variable is sure to be accessed behind an instruction that stores to it.</summary>
    public bool Follow(int store)
    {
        BasicBlock block = analysis.Graph.BlockOf(store);
        int variable = analysis.Variables.VariableOf(analysis.Member[store]);
        for (int i = store + 1; i < block.Range.End; i++)
        {
            if (IsSeen(i) || (HeldTransfer.IsStore(analysis.Member[i]) && analysis.Variables.VariableOf(analysis.Member[i]) == variable))
            {
                return false;
            }
        }

        return Behind(block, 0).ContainsKey(variable);
    }

    private IEnumerable<HoistedCheck> In(BasicBlock block, Loop loop) =>
        From(block, 0).Select(f => new HoistedCheck(loop, f.Key, f.Value.Instruction, f.Value.Depth, f.Value.Kind, block == loop.Header));

    /// <summary>The accesses, by the variable that they are displaced from as it is where the block begins.</summary>
    private Dictionary<int, FirstAccess> From(BasicBlock block, int depth)
    {
        if (_found.TryGetValue(block.Index, out Dictionary<int, FirstAccess>? known))
        {
            return known;
        }

        if (depth == Deepest || displacement.StateAt(block) is not { } state)
        {
            return None;
        }

        _found[block.Index] = None;
        var found = new Dictionary<int, FirstAccess>();
        var stored = new HashSet<int>();
        if (Look(block, state, found, stored))
        {
            foreach ((int variable, FirstAccess access) in Behind(block, depth).Where(f => !stored.Contains(f.Key)))
            {
                found.TryAdd(variable, access);
            }
        }

        _found[block.Index] = found;
        return found;
    }

    /// <summary>Looks through a block; false if it does something that can be seen.</summary>
    private bool Look(BasicBlock block, DisplacementState state, Dictionary<int, FirstAccess> found, HashSet<int> stored)
    {
        DisplacementState atStart = state.Copy();
        for (int i = block.Range.Start; i < block.Range.End; i++)
        {
            Instruction instruction = analysis.Member[i];
            foreach ((Access access, int variable) in displacement.CheckedFromVariables(i, state, atStart))
            {
                found.TryAdd(variable, new FirstAccess(instruction, access.Depth, access.Kind));
            }

            if (IsSeen(i))
            {
                return false;
            }

            if (HeldTransfer.IsStore(instruction))
            {
                stored.Add(analysis.Variables.VariableOf(instruction));
            }

            displacement.Move(i, state);
        }

        return true;
    }

    /// <summary>What all ways behind a block have in common.</summary>
    private Dictionary<int, FirstAccess> Behind(BasicBlock block, int depth)
    {
        Edge[] ways = [.. block.Successors.Where(e => !e.IsUnwind)];
        if (ways.Length == 0 || Array.Exists(ways, w => w.Kind != EdgeKind.Normal || !IsInSameRegion(block, analysis.Graph.Blocks[w.Target])))
        {
            return None;
        }

        Dictionary<int, FirstAccess> common = From(analysis.Graph.Blocks[ways[0].Target], depth + 1);
        foreach (Edge way in ways.Skip(1))
        {
            if (common.Count == 0)
            {
                break;
            }

            Dictionary<int, FirstAccess> other = From(analysis.Graph.Blocks[way.Target], depth + 1);
            common = common.Where(f => other.ContainsKey(f.Key)).ToDictionary();
        }

        return common;
    }

    private bool IsSeen(int instruction) => Effects.IsSeen(analysis.Member[instruction])
        || (Effects.IsSeenByHandlers(analysis.Member[instruction]) && analysis.Member.Clauses.Any(c => c.Try.Contains(instruction)));

    private bool IsInSameRegion(BasicBlock a, BasicBlock b) => analysis.Member.Clauses.All(c => c.Try.Contains(a.Range.Start) == c.Try.Contains(b.Range.Start));
}
