using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Facts;

/// <summary>The garbage collector suspends threads in windows, and moves what they use.</summary>
internal static unsafe class Collections
{
    public static int Run()
    {
        int* flags = stackalloc int[2];
        nint shared = (nint)flags;
        var holder = new Thread(() => Secret.Hold((int*)shared));
        holder.Start();
        for (int i = 0; i < 200; i++)
        {
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        }

        GC.WaitForPendingFinalizers();
        Volatile.Write(ref flags[1], 1);
        holder.Join();
        _ = Secret.Read(0);
        Probe.Look("what follows");
        return Probe.Verdict(atLeast: 1);
    }
}
