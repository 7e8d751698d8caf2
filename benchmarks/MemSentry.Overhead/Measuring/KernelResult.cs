using MemSentry.Overhead.Subjects;

namespace MemSentry.Overhead.Measuring;

/// <summary>How much longer a kernel takes in each arm than in the baseline.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Ratios">One for each arm behind the baseline.</param>
internal sealed record KernelResult(KernelEntry Kernel, IReadOnlyList<double> Ratios)
{
    /// <summary>The ratio that the figure is about.</summary>
    public double Ratio => Ratios[0];
}
