using System.Reflection;
using System.Runtime.CompilerServices;

namespace MemSentry.Native.Probe.ProtectionKeys;

/// <summary>What starts threads: the program, or .NET by itself. Those that the program starts wait until the end.</summary>
internal sealed class Work : IDisposable
{
    private const int Workers = 4;
    private const int Members = 20;
    private const int LargeObject = 100_000;

    private static readonly MethodInfo Method = typeof(Work).GetMethod(nameof(SizeOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly ManualResetEventSlim _end = new();
    private readonly List<Thread> _threads = [];
    private readonly List<Timer> _timers = [];

    /// <summary>Each returns when the threads are there. First calls come first, because nothing else comes without them.</summary>
    public IReadOnlyList<(string What, Action Start)> Kinds { get; }

    public Work() => Kinds =
    [
        ("a first call of members", CallMembers),
        ("the program", StartThread),
        ("the pool", StartWorkers),
        ("a timer", StartTimer),
        ("a collection in the background", Collect),
    ];

    public void Dispose()
    {
        _end.Set();
        _threads.ForEach(thread => thread.Join());
        _timers.ForEach(timer => timer.Dispose());
        _end.Dispose();
    }

    private void StartThread()
    {
        using var started = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            started.Set();
            _end.Wait();
        });
        thread.Start();
        started.Wait();
        _threads.Add(thread);
    }

    private void StartWorkers()
    {
        ThreadPool.SetMinThreads(Workers + 4, 1);
        using var started = new CountdownEvent(Workers);
        for (int i = 0; i < Workers; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ =>
            {
                started.Signal();
                _end.Wait();
            }, null);
        }

        started.Wait();
    }

    private void StartTimer()
    {
        using var fired = new ManualResetEventSlim();
        _timers.Add(new Timer(_ => fired.Set(), null, 1, Timeout.Infinite));
        fired.Wait();
    }

    /// <summary>The thread for collections in the background is started by the first of them, in the thread whose allocation brings it about.</summary>
    private static void Collect()
    {
        var kept = new List<byte[]>();
        while (GC.GetGCMemoryInfo(GCKind.Background).Index == 0)
        {
            kept.Add(new byte[LargeObject]);
        }
    }

    /// <summary>Members at their first calls, each of other types: whoever makes such a call starts the thread of tiered compilation, unless it runs.</summary>
    private static void CallMembers()
    {
        Type type = typeof(int);
        for (int i = 0; i < Members; i++)
        {
            type = typeof(ValueTuple<>).MakeGenericType(type);
            Method.MakeGenericMethod(type).Invoke(null, null);
        }
    }

    private static int SizeOf<T>()
        where T : struct => Unsafe.SizeOf<T>();
}
