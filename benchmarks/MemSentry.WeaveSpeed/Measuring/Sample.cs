using System.Diagnostics;

namespace MemSentry.WeaveSpeed.Measuring;

/// <summary>What one run cost.</summary>
/// <param name="Wall">Seconds by the clock.</param>
/// <param name="Processor">Seconds of processor time of the whole process, the collector's and the JIT's included.</param>
/// <param name="Allocated">Bytes allocated.</param>
internal readonly record struct Sample(double Wall, double Processor, double Allocated)
{
    /// <summary>Runs something once, after a full collection.</summary>
    public static Sample Of(Action action)
    {
        GC.Collect();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        action();
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Sample(wall, (Environment.CpuUsage.TotalTime - processor).TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - allocated);
    }
}
