using System.Runtime.InteropServices;

namespace MemSentry.Native.Faults;

/// <summary>What a process does about a signal: <c>struct sigaction</c> of the GNU C library and of musl on x86-64.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SignalAction
{
    /// <summary>SA_SIGINFO: without it the kernel leaves the siginfo of the frame empty.</summary>
    public const int WithInformation = 0x4;

    /// <summary>SA_RESETHAND: the action holds for one signal only.</summary>
    public const int OnlyOnce = unchecked((int)0x80000000);

    /// <summary>SIG_IGN; SIG_DFL is 0. Everything above is an address.</summary>
    private const ulong Ignore = 1;

    /// <summary>Address of the handler, SIG_DFL or SIG_IGN.</summary>
    public ulong Handler;

    /// <summary>Signals that are blocked while it runs.</summary>
    public fixed ulong Mask[16];

    /// <summary>SA_ flags.</summary>
    public int Flags;

    /// <summary>Set by the C library.</summary>
    public ulong Restorer;

    /// <summary>Whether another handler can stand before this one and pass on to it what it does not know, as often as it likes.</summary>
    public readonly bool CanBeChained => Handler > Ignore && (Flags & OnlyOnce) == 0;

    /// <summary>
    /// The action that puts a handler before this one: the same stack, the same blocked signals, so that the next handler finds everything
    /// as the kernel would have given it.
    /// </summary>
    public readonly SignalAction Before(ulong handler)
    {
        SignalAction action = this;
        action.Handler = handler;
        action.Flags |= WithInformation;
        return action;
    }
}
