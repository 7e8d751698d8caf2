using System.Globalization;
using MemSentry.Overhead.Measuring;
using MemSentry.Overhead.Subjects;

namespace MemSentry.Overhead.Reports;

/// <summary>The results as text, the worst kernel first.</summary>
internal static class OverheadTable
{
    /// <summary>Prints the kernels and the geometric means.</summary>
    /// <returns>The geometric mean that the figure is about.</returns>
    public static double Print(IReadOnlyList<KernelResult> results, IReadOnlyList<Arm> arms, bool masks)
    {
        Console.WriteLine(Line("kernel", arms.Skip(1).Select(a => a.Name), ""));
        foreach (KernelResult result in results.OrderByDescending(r => r.Ratio))
        {
            double limit = (masks ? result.Kernel.LimitSfi : null) ?? result.Kernel.Limit;
            Console.WriteLine(Line(result.Kernel.Name, result.Ratios.Select(Text), result.Ratio > limit ? $"over {Text(limit)}" : ""));
        }

        double[] means = [.. Enumerable.Range(0, arms.Count - 1).Select(arm => GeometricMean(results.Select(r => r.Ratios[arm])))];
        Console.WriteLine(Line("geometric mean", means.Select(Text), ""));
        return means[0];
    }

    private static string Text(double ratio) => ratio.ToString("F3", CultureInfo.InvariantCulture);

    private static string Line(string name, IEnumerable<string> columns, string remark) =>
        $"{name,-18}{string.Concat(columns.Select(c => $"{c,8}"))}  {remark}".TrimEnd();

    private static double GeometricMean(IEnumerable<double> ratios) => Math.Exp(ratios.Average(Math.Log));
}
