using System.Diagnostics;
using System.Globalization;
using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Stress;

/// <summary>
/// Sixteen threads open windows, nested, through exceptions, lambdas and asynchronous hops, start threads and allocate, while the collector is forced to run.
/// Page permissions and text belong to the process, so whether a window was left open can only be seen while nobody has one: every few milliseconds all
/// workers meet outside of their windows, and the watchdog looks.
/// </summary>
internal static class StressRun
{
    private const int Workers = 16;
    private const long WindowsWanted = 100_000;
    private const double MostSeconds = 32;

    /// <summary>Runs and prints what it counted; the last line is for the program that started this one.</summary>
    /// <param name="seconds">How long; a machine that is slow gets up to 32 seconds for 100,000 windows.</param>
    /// <param name="seed">What the workers' choices are drawn from.</param>
    /// <param name="isCalm">Whether nothing goes wrong in windows: for a copy that never closes, which would soon die of a forgotten window, and not of being seen.</param>
    /// <returns>0 if nothing was wrong, else 1.</returns>
    public static int Run(string seconds, string seed, bool isCalm)
    {
        double least = double.Parse(seconds, CultureInfo.InvariantCulture);
        var term = new Term(TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(isCalm ? least : Math.Max(least, MostSeconds)), WindowsWanted);
        int start = int.Parse(seed, CultureInfo.InvariantCulture);
        using var collector = new Collector();
        var lulls = new Lulls(Workers, term);
        Worker[] workers = [.. Enumerable.Range(0, Workers).Select(i => new Worker(start + i, lulls, isCalm))];
        lulls.Watched = workers;
        Thread[] threads = [.. workers.Select(w => new Thread(w.Run))];
        var watch = Stopwatch.StartNew();
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        watch.Stop();
        long corruptions = workers.Sum(w => w.Corruptions);
        Print("seconds", watch.Elapsed.TotalSeconds);
        Print("windows", workers.Sum(w => w.Windows));
        Print("collections", collector.Collections);
        Print("hardware-exceptions", workers.Sum(w => w.HardwareExceptions));
        Print("threads", workers.Sum(w => w.Threads));
        Print("hops", workers.Sum(w => w.Hops));
        Print("allocations", workers.Sum(w => w.Allocations));
        Print("watchdog-looks", Probe.Looks);
        Print("leaks", Probe.Leaks);
        Print("corruptions", corruptions);
        return Probe.Leaks == 0 && corruptions == 0 ? 0 : 1;
    }

    private static void Print(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {value:0.#}"));
}
