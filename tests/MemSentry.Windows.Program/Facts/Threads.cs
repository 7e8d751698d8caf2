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

    /// <summary>The limit of the method: page permissions belong to the process.</summary>
    public static int RunSeenByOthers()
    {
        int* flags = stackalloc int[2];
        nint shared = (nint)flags;
        var holder = new Thread(() => Secret.Hold((int*)shared));
        holder.Start();
        while (Volatile.Read(ref flags[0]) == 0)
        {
            Thread.Yield();
        }

        // The flag is set in the window.
        bool during = Probe.IsOpen(Secret.Address);
        Volatile.Write(ref flags[1], 1);
        holder.Join();
        bool after = Probe.IsOpen(Secret.Address);
        Console.WriteLine($"another thread sees the region during a window: {during}, and after it: {after}");
        return during && !after ? 0 : 1;
    }
}
