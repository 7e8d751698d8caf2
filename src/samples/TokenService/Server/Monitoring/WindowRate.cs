using Microsoft.Extensions.Hosting;

namespace TokenService.Server.Monitoring;

/// <summary>Windows per second over the last ten seconds. It looks at the counter once a second, so that requests do no more than count.</summary>
internal sealed class WindowRate(ServiceMetrics metrics, TimeProvider time) : BackgroundService
{
    private const int Intervals = 10;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Queue<(long At, long Windows)> _samples = new([(time.GetTimestamp(), metrics.Windows)]);
    private double _perSecond;

    /// <summary>The rate.</summary>
    public double PerSecond => Volatile.Read(ref _perSecond);

    /// <summary>Looks at the counter. One caller at a time.</summary>
    public void Sample()
    {
        (long At, long Windows) newest = (time.GetTimestamp(), metrics.Windows);
        (long At, long Windows) oldest = _samples.Count < Intervals ? _samples.Peek() : _samples.Dequeue();
        _samples.Enqueue(newest);
        Volatile.Write(ref _perSecond, (newest.Windows - oldest.Windows) / time.GetElapsedTime(oldest.At, newest.At).TotalSeconds);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Sample();
    }
}
