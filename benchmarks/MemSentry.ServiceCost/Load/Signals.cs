using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MemSentry.ServiceCost.Load;

/// <summary>Signals to a child process, by their numbers on x86-64 Linux.</summary>
internal static partial class Signals
{
    public const int Interrupt = 2;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>Sends one, to the first thread: it is the one that waits for an interrupt.</summary>
    /// <exception cref="InvalidOperationException">The process is not there.</exception>
    public static void Send(Process process, int signal)
    {
        if (SendToThread(process.Id, process.Id, signal) != 0)
            throw new InvalidOperationException($"The process {process.Id} got no signal {signal}; it has ended.");
    }

    [LibraryImport("libc", EntryPoint = "tgkill")]
    private static partial int SendToThread(int process, int thread, int signal);
}
