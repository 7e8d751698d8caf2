namespace MemSentry.Windows.Program.Stress;

/// <summary>Forces collections, one after the other, from a thread of its own.</summary>
internal sealed class Collector : IDisposable
{
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
        while (!_end.Wait(TimeSpan.FromMilliseconds(10)))
        {
            GC.Collect(_collections % 3, GCCollectionMode.Forced, blocking: true);
            Interlocked.Increment(ref _collections);
        }
    }
}
