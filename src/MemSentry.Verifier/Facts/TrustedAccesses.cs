using Mono.Cecil;

namespace MemSentry.Verifier.Facts;

/// <summary>The single loads and stores that the trust list allows.</summary>
internal sealed class TrustedAccesses(TrustList list)
{
    private readonly Dictionary<(string Member, int Offset), TrustedAccessLine> _allowed =
        list.Accesses.GroupBy(a => (a.Member, a.Offset)).ToDictionary(g => g.Key, g => g.First());

    private readonly HashSet<TrustedAccessLine> _seen = [];

    /// <summary>Whether the list allows the load or store at an offset; remembers that it exists.</summary>
    public bool Allow(MethodDefinition member, int offset)
    {
        if (_allowed.Count == 0 || !_allowed.TryGetValue((MemberName.Of(member), offset), out TrustedAccessLine? line))
            return false;

        _seen.Add(line);
        return true;
    }

    /// <summary>Entries for which the assembly has no load or store.</summary>
    public IEnumerable<Finding> Unseen() => list.Accesses.Where(a => !_seen.Contains(a)).Select(a => new Finding(
        VerifierCode.TrustedAccessNotFound, $"The trust list allows a load or store at IL_{a.Offset:x4}, but there is none.", a.Member));
}
