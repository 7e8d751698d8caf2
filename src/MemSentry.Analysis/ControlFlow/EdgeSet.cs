using System.Collections.Immutable;

namespace MemSentry.Analysis.ControlFlow;

/// <summary>Collects the edges of a graph under construction, each once, in the order they were added.</summary>
internal sealed class EdgeSet(int blocks)
{
    private const int Few = 16;

    private readonly List<Edge>?[] _edges = new List<Edge>?[blocks];
    private HashSet<(int From, Edge Edge)>? _known;

    public void Add(int from, int to, EdgeKind kind)
    {
        var edge = new Edge(to, kind);
        List<Edge> edges = _edges[from] ??= [];
        if (edges.Count < Few ? !edges.Contains(edge) : Known(edges, from).Add((from, edge)))
        {
            edges.Add(edge);
        }
    }

    public ImmutableArray<Edge> From(int block) => _edges[block] is { } edges ? [.. edges] : [];

    /// <summary>The long lists are those of switches, whose cases may be thousands, and whose list must not be searched for each.</summary>
    private HashSet<(int From, Edge Edge)> Known(List<Edge> edges, int from)
    {
        _known ??= [];
        if (edges.Count == Few)
        {
            _known.UnionWith(edges.Select(e => (from, e)));
        }

        return _known;
    }
}
