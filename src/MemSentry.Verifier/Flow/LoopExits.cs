using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>
/// Conditional branches that leave a loop on one side and stay in it on the other. A loop here is what leads back to an instruction without being entered anywhere else: natural loops, found
/// on single instructions by the edges that lead back to what is being visited.
/// </summary>
internal sealed class LoopExits
{
    private readonly int[][] _next;
    private readonly List<int>[] _before;
    private readonly List<(int From, int To)> _back = [];

    private LoopExits(BodyCode code, Func<int, bool> neverGoesOn)
    {
        int count = code.Instructions.Length;
        _next = new int[count][];
        _before = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];
        for (int i = 0; i < count; i++)
        {
            bool jumps = code.Instructions[i].OpCode.FlowControl == Mono.Cecil.Cil.FlowControl.Branch;
            _next[i] = neverGoesOn(i) ? [] : jumps || i + 1 == count ? code.TargetsOf(i) : [i + 1, .. code.TargetsOf(i)];
            foreach (int target in _next[i])
                _before[target].Add(i);
        }

        FindBackEdges();
    }

    /// <summary>The indexes of the branches.</summary>
    public static HashSet<int> Of(BodyCode code, Func<int, bool> neverGoesOn)
    {
        var loops = new LoopExits(code, neverGoesOn);
        var exits = new HashSet<int>();
        foreach (IGrouping<int, int> back in loops._back.ToLookup(b => b.To, b => b.From))
        {
            if (loops.Body(back.Key, back) is { } body)
                exits.UnionWith(body.Where(i => loops._next[i] is [var a, var b] && code.Instructions[i].OpCode.Code != IL.Switch && body.Contains(a) != body.Contains(b)));
        }

        return exits;
    }

    private void FindBackEdges()
    {
        var state = new byte[_next.Length];
        var path = new Stack<(int Instruction, int Way)>([(0, 0)]);
        state[0] = 1;
        while (path.TryPop(out (int Instruction, int Way) top))
        {
            if (top.Way == _next[top.Instruction].Length)
            {
                state[top.Instruction] = 2;
                continue;
            }

            path.Push((top.Instruction, top.Way + 1));
            int target = _next[top.Instruction][top.Way];
            if (state[target] == 1)
                _back.Add((top.Instruction, target));
            if (state[target] != 0)
                continue;

            state[target] = 1;
            path.Push((target, 0));
        }
    }

    /// <summary>What leads to the ends of a loop without passing its head; null if that can be entered elsewhere.</summary>
    private HashSet<int>? Body(int head, IEnumerable<int> ends)
    {
        HashSet<int> body = [head];
        var open = new Stack<int>(ends);
        while (open.TryPop(out int instruction))
        {
            if (!body.Add(instruction))
                continue;
            if (instruction == 0 || _before[instruction].Count == 0)
                return null;

            _before[instruction].ForEach(open.Push);
        }

        return body;
    }
}
