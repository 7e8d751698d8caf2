using MemSentry.RealOverhead.Arms;

namespace MemSentry.RealOverhead.Measuring;

/// <summary>Times one work in both processes of a pair, which take turns; who begins changes from round to round.</summary>
internal static class WorkComparison
{
    private const int Rounds = 11;

    /// <summary>Long against the clock's resolution and against a collection of garbage, short against whatever else the machine does.</summary>
    private static readonly TimeSpan Stretch = TimeSpan.FromMilliseconds(50);

    /// <summary>Has both compile and compute: what is timed later was done before.</summary>
    /// <exception cref="InvalidDataException">They print different things.</exception>
    public static void WarmUp(ArmPair pair, string work)
    {
        string[] digests = [.. new[] { pair.Unwoven, pair.Woven }.Select(arm => arm.Run(work, 2).Digest).Distinct()];
        if (digests.Length != 1)
            throw new InvalidDataException($"'{work}' prints something else once {pair.Subject.Subject.Name} is woven");
    }

    /// <summary>Measures.</summary>
    public static WorkResult Of(ArmPair pair, string work)
    {
        int runs = RunsIn(pair.Unwoven, work);
        return new WorkResult(pair.Subject.Subject.Name, work, [.. Enumerable.Range(0, Rounds).Select(round => Round(pair, work, runs, isWovenFirst: round % 2 == 0))]);
    }

    private static double Round(ArmPair pair, string work, int runs, bool isWovenFirst)
    {
        TimeSpan first = (isWovenFirst ? pair.Woven : pair.Unwoven).Run(work, runs).Time;
        TimeSpan second = (isWovenFirst ? pair.Unwoven : pair.Woven).Run(work, runs).Time;
        return isWovenFirst ? first / second : second / first;
    }

    private static int RunsIn(RunningArm arm, string work)
    {
        for (int runs = 1; ; runs *= 2)
        {
            TimeSpan time = arm.Run(work, runs).Time;
            if (time >= Stretch / 4)
                return Math.Max(1, (int)Math.Round(runs * (Stretch / time)));
        }
    }
}
