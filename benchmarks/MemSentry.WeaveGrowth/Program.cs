using System.Collections.Concurrent;
using MemSentry.Analysis.Diagnostics;
using MemSentry.WeaveGrowth.Measuring;
using MemSentry.WeaveGrowth.Shapes;

namespace MemSentry.WeaveGrowth;

/// <summary>Prints the figure <c>weave-growth</c>: how much longer a weave takes at worst when a member doubles.</summary>
public static class Program
{
    /// <summary>Runs.</summary>
    /// <param name="args">Nothing, or part of the names of the shapes to measure; <c>measure</c> is the child's own face.</param>
    /// <returns>0 if it could be measured.</returns>
    public static int Main(string[] args)
    {
        try
        {
            if (args is [MeasuringProcess.Face])
                Answer();
            else
                Console.WriteLine(FormattableString.Invariant($"weave-growth {Worst(args is [{ } part] ? part : ""):F2} ratio"));
            return 0;
        }
        catch (AggregateException e)
        {
            return Refuse(e.Flatten().InnerExceptions[0]);
        }
        catch (Exception e) when (e is WeaveException or InvalidOperationException or IOException)
        {
            return Refuse(e);
        }
    }

    private static double Worst(string part)
    {
        Shape[] shapes = [.. Shape.All.Where(s => s.Name.Contains(part, StringComparison.Ordinal))];
        if (shapes.Length == 0)
            throw new InvalidOperationException($"there is no shape '{part}'");

        double worst = 0;
        var output = new Lock();
        Parallel.ForEach(
            Partitioner.Create(shapes, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => new MeasuringProcess(),
            (shape, _, process) =>
            {
                (double ratio, string text) = process.Measure(shape);
                lock (output)
                {
                    Console.WriteLine(text);
                    worst = Math.Max(worst, ratio);
                }

                return process;
            },
            process => process.Dispose());
        return worst;
    }

    private static void Answer()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("memsentry-growth-");
        try
        {
            MeasuringProcess.Answer(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int Refuse(Exception e)
    {
        Console.Error.WriteLine($"weave-growth could not be measured: {e.Message}");
        return 1;
    }
}
