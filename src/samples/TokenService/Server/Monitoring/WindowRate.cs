using Microsoft.Extensions.Hosting;

namespace TokenService.Server.Monitoring;

/// <summary>Windows per second over the last ten seconds. It looks at the counter once a second, so that requests do no more than count.</summary>
internal sealed class WindowRate(ServiceMetrics metrics, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private const int Intervals = 10;

    private double _perSecond;

    /// <summary>The rate.</summary>
    public double PerSecond => Volatile.Read(ref _perSecond);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var samples = new Queue<(long At, long Windows)>([(time.GetTimestamp(), metrics.Windows)]);
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            (long At, long Windows) newest = (time.GetTimestamp(), metrics.Windows);
            (long At, long Windows) oldest = samples.Count < Intervals ? samples.Peek() : samples.Dequeue();
            samples.Enqueue(newest);
            Volatile.Write(ref _perSecond, (newest.Windows - oldest.Windows) / time.GetElapsedTime(oldest.At, newest.At).TotalSeconds);
        }
    }
}
