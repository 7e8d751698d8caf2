using System.Diagnostics;
using MemSentry.Switches.Arms;

namespace MemSentry.Switches.Measuring;

/// <summary>Nanoseconds of one read, arm by arm and round by round; within a round all ran directly after each other.</summary>
/// <param name="Arms">The arms.</param>
/// <param name="Rounds">For each round the arms' times, in their order.</param>
internal sealed record Comparison(IReadOnlyList<Arm> Arms, IReadOnlyList<double[]> Rounds)
{
    private const int CountedRounds = 2001;

    /// <summary>Short against the time after which the kernel gives the processor to others: most rounds are not interrupted, and the median is one of them.</summary>
    private const double StretchNanoseconds = 5e4;

    /// <summary>Measures.</summary>
    /// <exception cref="InvalidDataException">An arm does not read what was written: it measures something else.</exception>
    public static Comparison Of(IReadOnlyList<Arm> arms)
    {
        // The first makes the code and warms up; the second tells how often fits into a stretch.
        foreach (Arm arm in arms)
            Time(arm, 2000);
        int[] counts = [.. arms.Select(a => (int)Math.Clamp(StretchNanoseconds / Time(a, 2000), 10, 10_000))];
        return new Comparison(arms, [.. Enumerable.Range(0, CountedRounds).Select(_ => arms.Select((a, i) => Time(a, counts[i])).ToArray())]);
    }

    /// <summary>The median of an arm.</summary>
    public double Typical(int arm) => Median(r => r[arm]);

    /// <summary>One arm over another: the median of the rounds' ratios.</summary>
    public double Ratio(int over, int under) => Median(r => r[over] / r[under]);

    private static double Time(Arm arm, int repetitions)
    {
        ulong differences = 0;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repetitions; i++)
            differences |= arm.Read() ^ Arm.Content;
        double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds / repetitions;
        return differences == 0 ? nanoseconds : throw new InvalidDataException($"The arm '{arm.Name}' does not read what was written.");
    }

    private double Median(Func<double[], double> figure) => Rounds.Select(figure).Order().ElementAt(Rounds.Count / 2);
}
