using MemSentry.Native.ThreadStarts;
using MemSentry.ProtectionKeys;

namespace MemSentry.Native.Probe.ThreadStarts;

/// <summary>Threads that start through stubs without keys: what they do to slots and calls can be seen on any machine.</summary>
internal static class StartingThreads
{
    public static int Run()
    {
        _ = ThreadStartSlots.Find(MemoryMap.ReadSelf(), out IReadOnlyList<ThreadStartSlot> before);
        for (int i = 0; i < 2; i++)
        {
            if (ThreadStartRefusals.Install([]) is { } refusal)
            {
                throw refusal.ToException();
            }

            _ = ThreadStartSlots.Find(MemoryMap.ReadSelf(), out IReadOnlyList<ThreadStartSlot> now);
            bool isLed = now.Count == before.Count && now.All(slot => before.All(old => old.Target != slot.Target));
            Console.WriteLine(isLed ? "slots lead to stubs, read-only" : $"slots: {string.Join(", ", now)}");
            Console.WriteLine(Start() == 20 ? "threads started" : "threads are missing");
        }

        return 0;
    }

    private static int Start()
    {
        int count = 0;
        Thread[] threads = [.. Enumerable.Range(0, 20).Select(_ => new Thread(() => Interlocked.Increment(ref count)))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        return count;
    }
}
