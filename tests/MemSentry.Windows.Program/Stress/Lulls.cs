using System.Diagnostics;
using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Stress;

/// <summary>Where all workers meet, outside of every window, and the watchdog looks at the regions.</summary>
internal sealed class Lulls(int workers, Term term)
{
    private readonly Lock _lock = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TaskCompletionSource<bool> _next = new();
    private int _arrived;

    /// <summary>The workers whose regions the watchdog looks at.</summary>
    public IReadOnlyList<Worker> Watched { get; set; } = [];

    /// <summary>Waits for the others.</summary>
    /// <returns>Whether to go on.</returns>
    public bool Meet()
    {
        if (Probe.MeetsKeys)
        {
            // What this thread left open, nobody else can see.
            Probe.Look("a worker between its windows");
        }

        TaskCompletionSource<bool> meeting;
        bool isLast;
        lock (_lock)
        {
            meeting = _next;
            isLast = ++_arrived == workers;
            if (isLast)
            {
                _arrived = 0;
                _next = new();
            }
        }

        if (isLast)
        {
            // The only thread that runs now, but for the collector's and the pool's.
            Probe.Look("a lull");
            foreach (Worker worker in Watched)
            {
                Probe.Look("a lull", worker.Address);
            }

            meeting.SetResult(!term.IsOver(_watch.Elapsed, Watched.Sum(w => w.Windows)));
        }

        return meeting.Task.GetAwaiter().GetResult();
    }
}
