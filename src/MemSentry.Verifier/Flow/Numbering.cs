namespace MemSentry.Verifier.Flow;

/// <summary>Hands out value numbers, and remembers during a join which pairs of old numbers became which new one.</summary>
internal sealed class Numbering
{
    private readonly Dictionary<(int Into, int From, long Distance), int> _classes = [];
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
    /// <param name="into">The number on the paths so far.</param>
    /// <param name="from">The number on the new path.</param>
    /// <param name="distance">How far behind that value the new number means, if it is what slots were computed from.</param>
    public int Join(int into, int from, long distance = 0)
    {
        if (into == 0 || from == 0)
            return 0;
        if (!_classes.TryGetValue((into, from, distance), out int number))
            _classes.Add((into, from, distance), number = _kept.Add(into) ? into : Fresh());
        return number;
    }

    /// <summary>The number that a pair became in the current join, or 0.</summary>
    public int Joined(int into, int from) => _classes.GetValueOrDefault((into, from, 0));
}
