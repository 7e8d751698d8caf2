using MemSentry.Benchmarks.Comparing;

namespace MemSentry.RealOverhead.Measuring;

/// <summary>How much longer a work takes with woven assemblies.</summary>
/// <param name="Subject">Whose assemblies.</param>
/// <param name="Work">The work.</param>
/// <param name="Ratios">One for each sample.</param>
internal sealed record WorkResult(string Subject, string Work, IReadOnlyList<double> Ratios)
{
    /// <summary>What counts of the samples.</summary>
    public double Ratio => MiddleMean.Of(Ratios);
}
