using System.Diagnostics;

namespace MemSentry.Windows.Program.Stress;

/// <summary>Forces collections from a thread of its own, and leaves the workers as much time as it takes, so that a slow machine does not only collect.</summary>
internal sealed class Collector : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);

    private readonly Thread _thread;
    private readonly ManualResetEventSlim _end = new();
    private int _collections;

    public Collector()
    {
        _thread = new Thread(Collect) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>How many there were.</summary>
    public int Collections => Volatile.Read(ref _collections);

    public void Dispose()
    {
        _end.Set();
        _thread.Join();
        _end.Dispose();
    }

    private void Collect()
    {
        TimeSpan pause = ShortestPause;
        while (!_end.Wait(pause))
        {
            long start = Stopwatch.GetTimestamp();
            GC.Collect(_collections % 3, GCCollectionMode.Forced, blocking: true);
            Interlocked.Increment(ref _collections);
            TimeSpan taken = Stopwatch.GetElapsedTime(start);
            pause = taken > ShortestPause ? taken : ShortestPause;
        }
    }
}
