using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing.Campaign;

/// <summary>What a campaign counted. A member counts once, however often it ran.</summary>
public sealed class Tally
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _ways = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _reasons = new(StringComparer.Ordinal);
    private readonly List<Discovery> _discoveries = [];
    private readonly List<long> _broken = [];

    /// <summary>Members that ran.</summary>
    public int Members { get; private set; }

    /// <summary>Members that get at a region if they are not woven.</summary>
    public int Reached { get; private set; }

    /// <summary>Calls of gates by scenarios, woven.</summary>
    public long Gates { get; private set; }

    /// <summary>Looks at regions of scenarios, woven.</summary>
    public long Looks { get; private set; }

    /// <summary>Members that the weaver refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Members that ended their process unwoven: the generator's fault.</summary>
    public IReadOnlyList<long> Broken => _broken;

    /// <summary>Members with a divergence, and no escape.</summary>
    public int Divergences => _discoveries.Count(d => !d.Finding.IsEscape);

    /// <summary>Members with an escape.</summary>
    public int Escapes => _discoveries.Count(d => d.Finding.IsEscape);

    /// <summary>The share of members that the weaver refused.</summary>
    public double RefusedShare => (double)Refused / Math.Max(1, Refused + Members);

    /// <summary>Members by mode, form and way to weave.</summary>
    public IReadOnlyDictionary<string, int> Ways => _ways;

    /// <summary>The weaver's reasons to refuse members.</summary>
    public IReadOnlyDictionary<string, int> Reasons => _reasons;

    /// <summary>What was found, one for each member.</summary>
    public IReadOnlyList<Discovery> Discoveries => _discoveries;

    /// <summary>Adds a batch.</summary>
    public void Add(Round round)
    {
        (IBatch batch, BuiltBatch built, RunAnswer answer, long first) = round;
        lock (_lock)
        {
            Members += answer.Run;
            Reached += answer.Reached;
            Gates += answer.Gates;
            Looks += answer.Looks;
            Refused += built.Refusals.Count;
            _broken.AddRange(answer.Broken.Select(member => first + member));
            foreach (string way in batch.Ways)
                _ways[way] = _ways.GetValueOrDefault(way) + answer.Run;
            foreach (string reason in built.Refusals.Values)
                _reasons[Reason(reason)] = _reasons.GetValueOrDefault(Reason(reason)) + 1;
            _discoveries.AddRange(
                built.Findings.Concat(answer.Findings)
                    .GroupBy(f => f.Member)
                    .Select(g => new Discovery(first + g.Key, batch, g.OrderByDescending(f => f.IsEscape).First())));
        }
    }

    private static string Reason(string message)
    {
        int because = message.IndexOf("because ", StringComparison.Ordinal);
        int end = message.IndexOf(';', StringComparison.Ordinal);
        return because < 0 || end < because ? message : message[because..end];
    }
}
