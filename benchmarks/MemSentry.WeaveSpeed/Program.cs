using MemSentry.Analysis.Diagnostics;
using MemSentry.WeaveSpeed.Measuring;
using MemSentry.WeaveSpeed.Subjects;

namespace MemSentry.WeaveSpeed;

/// <summary>Prints the figure <c>weave-speed</c>: a weave over Cecil's own read and write of the same assembly and symbols; the slower subject counts.</summary>
public static class Program
{
    private static readonly string[] Subjects = ["Iced.dll", "Microsoft.Diagnostics.Tracing.TraceEvent.dll"];

    /// <summary>Runs.</summary>
    /// <returns>0 if it could be measured.</returns>
    public static int Main()
    {
        try
        {
            using var folder = new SubjectFolder();
            Comparison[] comparisons = [.. Subjects.Select(file => Comparison.Of(folder.Add(file)))];
            foreach (Comparison comparison in comparisons)
                Console.WriteLine(comparison);

            Console.WriteLine(FormattableString.Invariant($"weave-speed {comparisons.Max(c => c.Ratio):F2} ratio"));
            return 0;
        }
        catch (Exception e) when (e is WeaveException or IOException)
        {
            Console.Error.WriteLine($"weave-speed could not be measured: {e.Message}");
            return 1;
        }
    }
}
