using System.Runtime.CompilerServices;
using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Facts;

/// <summary>Finalizers, and what runs at the end of a process that ends in a window.</summary>
internal static class Exits
{
    public static int Run()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Probe.Look("a ProcessExit observer");
            Environment.ExitCode = Probe.Verdict(atLeast: 2);
        };
        Forget();
        GC.Collect();
        GC.WaitForPendingFinalizers();
#pragma warning disable RS0030 // An exit in the middle of a window is what this is about.
        _ = Secret.Around(() => Environment.Exit(0));
#pragma warning restore RS0030
        return 3;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget() => _ = new Forgotten();

    private sealed class Forgotten
    {
        ~Forgotten() => Probe.Look("a finalizer");
    }
}
