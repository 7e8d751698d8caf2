using System.Globalization;
using MemSentry.WeaveSpeed.Subjects;

namespace MemSentry.WeaveSpeed.Measuring;

/// <summary>
/// How a weave compares with reading and writing, for one subject: the sums over all rounds, in turn. Both allocate about as much as the collector's budget is large, so whether one
/// round meets a collection, and which one, is chance, and costs as much as half the round; in the sums each side has its share. A median would choose among the cases.
/// </summary>
/// <param name="Name">The subject.</param>
/// <param name="Rounds">The weave and the copy of each round, which ran directly after each other.</param>
internal sealed record Comparison(string Name, IReadOnlyList<(Sample Weave, Sample Copy)> Rounds)
{
    private const int WarmUpRounds = 3;
    private const int CountedRounds = 12;

    /// <summary>The ratio by the clock.</summary>
    public double Ratio => RatioOf(s => s.Wall);

    /// <summary>Runs both in turn, first without and then with the clock.</summary>
    public static Comparison Of(Subject subject)
    {
        var rounds = new List<(Sample, Sample)>();
        for (int round = -WarmUpRounds; round < CountedRounds; round++)
        {
            Sample copy = Sample.Of(() => CecilCopy.Run(subject));
            Sample weave = Sample.Of(() => FullWeave.Run(subject));
            if (round >= 0)
                rounds.Add((weave, copy));
        }

        return new Comparison(subject.Name, rounds);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Name}: weave {Rounds.Average(r => r.Weave.Wall):F2} s, Cecil read and write {Rounds.Average(r => r.Copy.Wall):F2} s; ratio {Ratio:F2} " +
        $"(rounds {string.Join(' ', Rounds.Select(r => (r.Weave.Wall / r.Copy.Wall).ToString("F2", CultureInfo.InvariantCulture)))}), " +
        $"of processor time {RatioOf(s => s.Processor):F2}, of memory allocated {RatioOf(s => s.Allocated):F2}");

    private double RatioOf(Func<Sample, double> figure) => Rounds.Sum(r => figure(r.Weave)) / Rounds.Sum(r => figure(r.Copy));
}
