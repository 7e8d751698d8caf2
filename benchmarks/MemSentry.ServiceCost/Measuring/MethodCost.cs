namespace MemSentry.ServiceCost.Measuring;

/// <summary>What one method costs, round by round.</summary>
/// <param name="Method">The method.</param>
/// <param name="Rounds">Its rounds.</param>
/// <param name="Unprotected">Those of the service without protection, each directly before or after.</param>
internal sealed record MethodCost(string Method, IReadOnlyList<RequestCost> Rounds, IReadOnlyList<RequestCost> Unprotected)
{
    /// <summary>Processor time of one request over that of one without protection; the median of the rounds.</summary>
    public double Ratio => Median(Ratios);

    /// <summary>The least and the greatest.</summary>
    public (double Least, double Most) Spread => (Ratios.Min(), Ratios.Max());

    /// <summary>A figure of the rounds, its median.</summary>
    public double Typical(Func<RequestCost, double> figure) => Median(Rounds.Select(figure));

    private IEnumerable<double> Ratios => Rounds.Zip(Unprotected, (mine, bare) => mine.Microseconds / bare.Microseconds);

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
