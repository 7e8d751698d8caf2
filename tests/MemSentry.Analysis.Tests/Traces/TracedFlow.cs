using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Members;
using Mono.Cecil;

namespace MemSentry.Analysis.Tests.Traces;

/// <summary>Which point the graph of a traced member allows to follow which.</summary>
internal sealed class TracedFlow
{
    private readonly ControlFlowGraph _graph;
    private readonly Dictionary<int, int> _blockOf = [];
    private readonly ILookup<int, int> _pointsIn;
    private readonly HashSet<int> _inFilter = [];
    private readonly HashSet<int> _inCleanup = [];

    public TracedFlow(MethodDefinition method)
    {
        var member = new CilMember(method.Body);
        _graph = ControlFlowGraphBuilder.Build(member);
        for (int i = 0; i < member.Count; i++)
        {
            if (member[i].Operand is not MethodReference { Name: nameof(Recorder.Point) })
                continue;

            int point = (int)member[i - 1].Operand;
            _blockOf.Add(point, _graph.BlockOf(i).Index);
            if (member.Clauses.Any(c => c.Filter?.Contains(i) ?? false))
                _inFilter.Add(point);
            if (member.Clauses.Any(c => c.IsCleanup && c.Handler.Contains(i)))
                _inCleanup.Add(point);
        }

        _pointsIn = _blockOf.ToLookup(p => p.Value, p => p.Key);
    }

    /// <summary>Whether control goes from a filter into a finally or fault block, as it does only between the two passes.</summary>
    public bool IsBetweenPasses(int from, int to) => _inFilter.Contains(from) && _inCleanup.Contains(to) && !_inFilter.Contains(to);

    /// <summary>Whether one point may follow another.</summary>
    public bool Allows(int from, int to)
    {
        int block = _blockOf[from];
        int[] after = [.. _pointsIn[block].Where(p => p > from)];
        if (after.Length > 0 && after.Min() == to)
            return true;

        var pending = new Stack<int>(_graph.Blocks[block].Successors.Where(e => e.IsUnwind || after.Length == 0).Select(e => e.Target));
        var seen = new HashSet<int>(pending);
        while (pending.TryPop(out int next))
        {
            // Whoever enters a block with points passes the first of them.
            if (_pointsIn[next].Any())
            {
                if (_pointsIn[next].Min() == to)
                    return true;
                continue;
            }

            foreach (Edge edge in _graph.Blocks[next].Successors.Where(e => seen.Add(e.Target)))
                pending.Push(edge.Target);
        }

        return false;
    }
}
