namespace MemSentry.Fuzzing.Generation;

/// <summary>Random numbers that a seed determines, on every machine and in every version of .NET: SplitMix64 (Steele, Lea, Flood 2014).</summary>
public sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The dice of one member of a series.</summary>
    public static Dice For(long seed, long member) => new(new Dice((ulong)seed).Next() ^ ((ulong)member * 0xd1342543de82ef95));

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        ulong z = _state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 up to, not including, a bound.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>True in so many of a hundred cases.</summary>
    public bool Percent(int chance) => Below(100) < chance;

    /// <summary>One of several.</summary>
    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>Any value of an enumeration.</summary>
    public T Any<T>()
        where T : struct, Enum => Of(Enum.GetValues<T>());

    /// <summary>One of several by weight.</summary>
    public T Weighted<T>(params ReadOnlySpan<(int Weight, T Item)> items)
    {
        int total = 0;
        foreach ((int weight, _) in items)
            total += weight;
        int at = Below(total);
        foreach ((int weight, T item) in items)
        {
            if ((at -= weight) < 0)
                return item;
        }

        return items[^1].Item;
    }
}
