namespace MemSentry.Benchmarks.Comparing;

/// <summary>A stretch of work that is timed as a whole.</summary>
internal static class Stretch
{
    /// <summary>Long against the clock's resolution of a microsecond, short against the turns that the arms take.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMilliseconds(8);

    /// <summary>How many runs make a stretch.</summary>
    public static int RunsIn(Action work)
    {
        int runs = 1;
        while (true)
        {
            TimeSpan time = Time(work, runs);
            if (time >= Length / 4)
                return Math.Max(1, (int)Math.Round(runs * (Length / time)));

            runs *= 2;
        }
    }

    /// <summary>
    /// The processor time of some runs, of the whole process: others on the machine do not count. Nothing of ours runs beside them, because
    /// there is no tiered compilation and no collection in the background.
    /// </summary>
    public static TimeSpan Time(Action work, int runs)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < runs; i++)
            work();

        return Environment.CpuUsage.TotalTime - start;
    }
}
