using System.Globalization;

namespace MemSentry.RealOverhead.Measuring;

/// <summary>The results as text, the worst work first.</summary>
internal static class WorkTable
{
    /// <summary>Prints works and subjects.</summary>
    /// <returns>The geometric mean over the subjects, of which each counts once, however many works it has.</returns>
    public static double Print(IReadOnlyList<WorkResult> results)
    {
        foreach (WorkResult result in results.OrderByDescending(r => r.Ratio))
            Console.WriteLine($"{result.Subject,-20}{result.Work,-16}{Text(result.Ratio)}   {Text(result.Ratios.Min())} to {Text(result.Ratios.Max())}");

        (string Name, double Mean)[] subjects = [.. results.GroupBy(r => r.Subject).Select(s => (s.Key, GeometricMean(s.Select(r => r.Ratio))))];
        foreach ((string name, double mean) in subjects.OrderByDescending(s => s.Mean))
            Console.WriteLine($"{name,-20}{"all",-16}{Text(mean)}");
        return GeometricMean(subjects.Select(s => s.Mean));
    }

    private static string Text(double ratio) => ratio.ToString("F3", CultureInfo.InvariantCulture);

    private static double GeometricMean(IEnumerable<double> ratios) => Math.Exp(ratios.Average(Math.Log));
}
