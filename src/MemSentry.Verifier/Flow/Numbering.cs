namespace MemSentry.Verifier.Flow;

/// <summary>Hands out value numbers, and remembers during a join which pairs of old numbers became which new one.</summary>
internal sealed class Numbering
{
    private readonly Dictionary<(int, int), int> _classes = [];
    private readonly HashSet<int> _kept = [];
    private int _last;

    public int Fresh() => ++_last;

    public void StartJoin()
    {
        _classes.Clear();
        _kept.Clear();
    }

    /// <summary>
    /// The number of a slot that had the number <paramref name="into"/> on the paths so far and <paramref name="from"/> on the new one. Slots are equal after a
    /// join exactly if they were equal on both sides; the first class of each old number keeps it, so that the fixpoint ends.
    /// </summary>
    public int Join(int into, int from)
    {
        if (into == 0 || from == 0)
            return 0;
        if (!_classes.TryGetValue((into, from), out int number))
            _classes.Add((into, from), number = _kept.Add(into) ? into : Fresh());
        return number;
    }

    /// <summary>The number that a pair became in the current join, or 0.</summary>
    public int Joined(int into, int from) => _classes.GetValueOrDefault((into, from));
}
