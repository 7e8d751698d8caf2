namespace MemSentry.Analysis.ControlFlow;

/// <summary>Collects the edges of a graph under construction, each once, in the order they were added.</summary>
internal sealed class EdgeSet(int blocks)
{
    private readonly List<Edge>?[] _edges = new List<Edge>?[blocks];
    private readonly HashSet<(int From, Edge Edge)> _known = [];

    public void Add(int from, int to, EdgeKind kind)
    {
        var edge = new Edge(to, kind);
        if (_known.Add((from, edge)))
        {
            (_edges[from] ??= []).Add(edge);
        }
    }

    public IReadOnlyList<Edge> From(int block) => _edges[block] ?? (IReadOnlyList<Edge>)[];
}
