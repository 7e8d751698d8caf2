namespace MemSentry.Fuzzing.Shrinking;

/// <summary>
/// Makes what fails as small as it gets: takes the smallest of all that are one step smaller and still fail, and starts again from it (delta
/// debugging, Zeller and Hildebrandt 2002, on the tree instead of on text).
/// </summary>
/// <typeparam name="T">A member, or a scenario of windows.</typeparam>
/// <param name="stillFail">Says of many at once which of them fail.</param>
public sealed class Shrinker<T>(Func<IReadOnlyList<T>, IReadOnlyList<bool>> stillFail)
    where T : class, IShrinkable<T>
{
    /// <summary>How many are tried at once.</summary>
    public const int AtOnce = 64;

    /// <summary>The smallest that still fails.</summary>
    /// <param name="subject">One that fails.</param>
    public T Shrink(T subject)
    {
        while (Smaller(subject) is { } smaller)
            subject = smaller;
        return subject;
    }

    private T? Smaller(T subject)
    {
        int size = subject.Size;
        IEnumerable<T> candidates = subject.Smaller().Where(s => s.Size < size).OrderBy(s => s.Size);
        foreach (T[] some in candidates.Chunk(AtOnce))
        {
            IReadOnlyList<bool> fails = stillFail(some);
            if (Enumerable.Range(0, some.Length).FirstOrDefault(i => fails[i], -1) is >= 0 and var first)
                return some[first];
        }

        return null;
    }
}
