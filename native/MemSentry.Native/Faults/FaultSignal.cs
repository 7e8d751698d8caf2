using System.Runtime.InteropServices;

namespace MemSentry.Native.Faults;

/// <summary>Reads and changes what this process does about SIGSEGV.</summary>
internal static unsafe class FaultSignal
{
    private const int Number = 11;

    /// <summary>The action in force.</summary>
    public static SignalAction Read()
    {
        SignalAction action;
        return LibC.ChangeSignalAction(Number, null, &action) == 0
            ? action
            : throw new InvalidOperationException($"sigaction failed with errno {Marshal.GetLastPInvokeError()} for a signal that exists.");
    }

    /// <summary>Puts another action in force.</summary>
    /// <param name="action">The new one.</param>
    /// <param name="replaced">The one that was in force until then, which another thread may have changed since it was read.</param>
    public static SystemCallFailure? Replace(SignalAction action, out SignalAction replaced)
    {
        SignalAction old;
        bool done = LibC.ChangeSignalAction(Number, &action, &old) == 0;
        replaced = done ? old : default;
        return done ? null : new SystemCallFailure("sigaction", (Errno)Marshal.GetLastPInvokeError());
    }
}
