using System.Globalization;
using MemSentry.WeaveGrowth.Shapes;

namespace MemSentry.WeaveGrowth.Measuring;

/// <summary>What a member of one shape costs as it doubles.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Sizes">The lengths, in instructions.</param>
/// <param name="Rounds">For each round, what one weave of each length cost.</param>
internal sealed record ShapeGrowth(Shape Shape, IReadOnlyList<int> Sizes, IReadOnlyList<WeaveCost[]> Rounds)
{
    private const int Smallest = 2_000;
    private const int Doublings = 6;
    private const int MostRounds = 7;

    /// <summary>A shape that looks worse than this gets more rounds: the worst of sixty ratios of one round each may be one that was disturbed.</summary>
    private const double Suspicious = 2.15;

    /// <summary>
    /// The worst ratio, of time or of memory. Each compares the best rounds: a weave always does the same, so whatever disturbs it only adds. Every length has its turn in every round, so that a quick minute is quick for all.
    /// </summary>
    public double Worst => Steps.Max(s => Math.Max(Ratio(s, c => c.Seconds), Ratio(s, c => c.Bytes)));

    private IEnumerable<int> Steps => Enumerable.Range(0, Sizes.Count - 1);

    /// <summary>Weaves a short member of each shape, so that the first shape does not find colder code than the others.</summary>
    public static void WarmUp(string folder)
    {
        foreach (Shape shape in Shape.All)
            WeaveCost.BytesOf(GrownAssembly.Write(shape, Smallest, folder));
    }

    /// <summary>Weaves each length in turn, in several rounds.</summary>
    public static ShapeGrowth Of(Shape shape, string folder)
    {
        GrownAssembly[] assemblies = [.. Enumerable.Range(0, Doublings + 1).Select(i => GrownAssembly.Write(shape, Smallest << i, folder))];
        double[] bytes = [.. assemblies.Select(WeaveCost.BytesOf)];
        var rounds = new List<WeaveCost[]>();
        var growth = new ShapeGrowth(shape, [.. assemblies.Select(a => a.Instructions)], rounds);
        do
            rounds.Add([.. assemblies.Zip(bytes, WeaveCost.Of)]);
        while (rounds.Count < MostRounds && growth.Worst > Suspicious);

        return growth;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Shape.Name,-14} worst {Worst:F2}; time {Ratios(c => c.Seconds)}; memory {Ratios(c => c.Bytes)}" +
        $" (from {Sizes[0]} instructions, {1000 * Least(r => r[0].Seconds):F1} ms, to {Sizes[^1]}, {1000 * Least(r => r[^1].Seconds):F0} ms)");

    private string Ratios(Func<WeaveCost, double> cost) => string.Join(' ', Steps.Select(s => Ratio(s, cost).ToString("F2", CultureInfo.InvariantCulture)));

    private double Ratio(int step, Func<WeaveCost, double> cost) => Least(r => cost(r[step + 1])) / Least(r => cost(r[step]));

    private double Least(Func<WeaveCost[], double> figure) => Rounds.Min(figure);
}
