using MemSentry.Analysis.Diagnostics;
using MemSentry.WeaveGrowth.Measuring;
using MemSentry.WeaveGrowth.Shapes;

namespace MemSentry.WeaveGrowth;

/// <summary>Prints the figure <c>weave-growth</c>: how much longer a weave takes at worst when a member doubles.</summary>
public static class Program
{
    /// <summary>Runs.</summary>
    /// <param name="args">Nothing, or part of the names of the shapes to measure.</param>
    /// <returns>0 if it could be measured.</returns>
    public static int Main(string[] args)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("memsentry-growth-");
        try
        {
            double worst = 0;
            foreach (Shape shape in Shape.All.Where(s => args is not [{ } part] || s.Name.Contains(part, StringComparison.Ordinal)))
            {
                var growth = ShapeGrowth.Of(shape, folder.FullName);
                Console.WriteLine(growth);
                worst = Math.Max(worst, growth.Worst);
            }

            Console.WriteLine(FormattableString.Invariant($"weave-growth {worst:F2} ratio"));
            return worst > 0 ? 0 : 1;
        }
        catch (Exception e) when (e is WeaveException or InvalidOperationException or IOException)
        {
            Console.Error.WriteLine($"weave-growth could not be measured: {e.Message}");
            return 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
