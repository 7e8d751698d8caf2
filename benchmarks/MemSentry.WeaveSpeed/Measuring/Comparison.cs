using System.Globalization;
using MemSentry.WeaveSpeed.Subjects;

namespace MemSentry.WeaveSpeed.Measuring;

/// <summary>How a weave compares with reading and writing, for one subject.</summary>
/// <param name="Name">The subject.</param>
/// <param name="Rounds">The weave and the copy of each round, which ran directly after each other.</param>
internal sealed record Comparison(string Name, IReadOnlyList<(Sample Weave, Sample Copy)> Rounds)
{
    private const int WarmUpRounds = 3;
    private const int CountedRounds = 5;

    /// <summary>The median of the rounds' ratios, by the clock.</summary>
    public double Ratio => MedianRatio(s => s.Wall);

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
        $"{Name}: weave {Median(r => r.Weave.Wall):F2} s, Cecil read and write {Median(r => r.Copy.Wall):F2} s; ratio {Ratio:F2} " +
        $"(rounds {string.Join(' ', Rounds.Select(r => (r.Weave.Wall / r.Copy.Wall).ToString("F2", CultureInfo.InvariantCulture)))}), " +
        $"of processor time {MedianRatio(s => s.Processor):F2}, of memory allocated {MedianRatio(s => s.Allocated):F2}");

    private double MedianRatio(Func<Sample, double> figure) => Median(r => figure(r.Weave) / figure(r.Copy));

    private double Median(Func<(Sample Weave, Sample Copy), double> figure) => Rounds.Select(figure).Order().ElementAt(Rounds.Count / 2);
}
