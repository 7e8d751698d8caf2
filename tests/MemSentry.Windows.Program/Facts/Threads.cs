using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Facts;

/// <summary>Threads and pool workers that are started by code which a whitelisted member calls.</summary>
internal static unsafe class Threads
{
    public static int Run()
    {
        _ = Secret.Around(() =>
        {
            var thread = new Thread(() => Probe.Look("a thread that was started in a window"));
            thread.Start();
            thread.Join();
            Task.Run(() => Probe.Look("a worker that was called in a window")).Wait();
        });
        return Probe.Verdict(atLeast: 2);
    }

    /// <summary>Page permissions belong to the process, which is the limit of the methods that use them; keys belong to the thread.</summary>
    public static int RunSeenByOthers()
    {
        int* flags = stackalloc int[2];
        Thread holder = StartHolder(flags);
        bool during = Probe.IsOpen(Secret.Address);
        Volatile.Write(ref flags[1], 1);
        holder.Join();
        bool after = Probe.IsOpen(Secret.Address);
        Console.WriteLine($"another thread sees the region during a window: {during}, and after it: {after}");
        return during != Probe.MeetsKeys && !after ? 0 : 1;
    }

    /// <summary>An attacker's thread reads while another has the window.</summary>
    public static int RunReadBesideWindow()
    {
        int* flags = stackalloc int[2];
        _ = StartHolder(flags);
        return Intruders.ReadWildly();
    }

    /// <summary>Starts a thread and waits until it is in its window, where it sets the first flag and waits for the second.</summary>
    private static Thread StartHolder(int* flags)
    {
        nint shared = (nint)flags;
        var holder = new Thread(() => Secret.Hold((int*)shared));
        holder.Start();
        while (Volatile.Read(ref flags[0]) == 0)
        {
            Thread.Yield();
        }

        return holder;
    }
}
