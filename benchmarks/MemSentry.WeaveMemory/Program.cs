using MemSentry.WeaveMemory.Measuring;
using MemSentry.WeaveMemory.Subjects;

namespace MemSentry.WeaveMemory;

/// <summary>Prints the figure <c>weave-memory</c>: the memory that the command-line tool needs for 200 assemblies, over what it needs for 20.</summary>
public static class Program
{
    private const int Many = 200;
    private const int Few = 20;

    /// <summary>Runs.</summary>
    /// <returns>0 if it could be measured.</returns>
    public static int Main()
    {
        try
        {
            using var assemblies = new ManyAssemblies(Many);
            Console.WriteLine(FormattableString.Invariant($"weave-memory {Round(assemblies):F2} ratio"));
            return 0;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            Console.Error.WriteLine($"weave-memory could not be measured: {e.Message}");
            return 1;
        }
    }

    private static double Round(ManyAssemblies assemblies)
    {
        long few = ToolRun.PeakMemory(assemblies.Files.Take(Few), assemblies.Output);
        long many = ToolRun.PeakMemory(assemblies.Files, assemblies.Output);
        double ratio = (double)many / few;
        Console.WriteLine(FormattableString.Invariant($"{Few} assemblies: {few >> 20} MiB; {Many} assemblies: {many >> 20} MiB; ratio {ratio:F2}"));
        return ratio;
    }
}
