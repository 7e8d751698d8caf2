namespace MemSentry.Benchmarks.Comparing;

/// <summary>Times two works that take turns.</summary>
internal static class Turns
{
    /// <summary>What each of them works in all, unless two stretches are longer.</summary>
    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(56);

    /// <summary>The second one's processor time over the first one's: the median over rounds, in each of which both work for a stretch; who begins changes from round to round.</summary>
    public static double Ratio(Action first, Action second)
    {
        int runs = Stretch.RunsIn(first);
        int rounds = Math.Clamp((int)(Time / Warm(second, runs)), 2, (int)(Time / Stretch.Length));
        double[] ratios = [.. Enumerable.Range(0, rounds).Select(round => Round(first, second, runs, isSecondFirst: round % 2 == 0)).Order()];
        return (ratios[(rounds - 1) / 2] + ratios[rounds / 2]) / 2;
    }

    private static double Round(Action first, Action second, int runs, bool isSecondFirst)
    {
        TimeSpan before = Warm(isSecondFirst ? second : first, runs);
        TimeSpan after = Warm(isSecondFirst ? first : second, runs);
        return isSecondFirst ? before / after : after / before;
    }

    /// <summary>Every stretch begins without garbage and with its own data in the caches: whose turn it was before makes no difference.</summary>
    private static TimeSpan Warm(Action work, int runs)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        work();
        return Stretch.Time(work, runs);
    }
}
