using MemSentry.WeaveMemory.Measuring;
using MemSentry.WeaveMemory.Subjects;

namespace MemSentry.WeaveMemory;

/// <summary>Prints the figure <c>weave-memory</c>: the memory that the command-line tool needs for 200 assemblies, over what it needs for 20.</summary>
public static class Program
{
    private const int Many = 200;
    private const int Few = 20;

    /// <summary>A short run ends before much can happen by chance or not: it is measured several times, and the median counts.</summary>
    private const int ShortRuns = 3;

    /// <summary>Runs.</summary>
    /// <returns>0 if it could be measured.</returns>
    public static int Main()
    {
        try
        {
            using var assemblies = new ManyAssemblies(Many);
            Console.WriteLine(FormattableString.Invariant($"weave-memory {Ratio(assemblies):F2} ratio"));
            return 0;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            Console.Error.WriteLine($"weave-memory could not be measured: {e.Message}");
            return 1;
        }
    }

    private static double Ratio(ManyAssemblies assemblies)
    {
        long[] few = [.. Enumerable.Range(0, ShortRuns).Select(_ => ToolRun.PeakMemory(assemblies.Files.Take(Few), assemblies.Output)).Order()];
        long many = ToolRun.PeakMemory(assemblies.Files, assemblies.Output);
        Console.WriteLine(FormattableString.Invariant(
            $"{Few} assemblies: {string.Join(", ", few.Select(f => f >> 20))} MiB; {Many} assemblies: {many >> 20} MiB"));
        return (double)many / few[ShortRuns / 2];
    }
}
