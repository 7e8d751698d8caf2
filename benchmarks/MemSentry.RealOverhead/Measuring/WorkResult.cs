namespace MemSentry.RealOverhead.Measuring;

/// <summary>How much longer a work takes with woven assemblies.</summary>
/// <param name="Subject">Whose assemblies.</param>
/// <param name="Work">The work.</param>
/// <param name="Ratios">One for each round.</param>
internal sealed record WorkResult(string Subject, string Work, IReadOnlyList<double> Ratios)
{
    /// <summary>The median of the rounds.</summary>
    public double Ratio => Ratios.Order().ElementAt(Ratios.Count / 2);
}
