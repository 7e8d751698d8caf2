using MemSentry.Native.ThreadStarts;
using MemSentry.Startup;

namespace MemSentry.ProtectionKeys;

/// <summary>Has threads start closed, or says why they would not.</summary>
internal static class ThreadStartRefusals
{
    /// <summary>Has threads start with further keys closed.</summary>
    /// <param name="keys">Keys that were not given before.</param>
    /// <param name="closedBy">The runtime's key, which makes the code execute-only; 0 for none.</param>
    /// <returns><see langword="null"/> if they will; else the keys must not be used.</returns>
    public static Refusal? Install(IReadOnlyList<int> keys, int closedBy = 0)
    {
        try
        {
            return ThreadStarts.Install(keys, closedBy) is { } failure ? Create(failure) : null;
        }
        catch (FileNotFoundException missing)
        {
            return KeyRefusals.Create(missing);
        }
    }

    /// <summary>The failure in words.</summary>
    public static Refusal Create(ThreadStartFailure failure) => new(
        RuntimeCode.ThreadsStartOpen,
        $"The method mpk has every thread start with its domains closed, also one that .NET starts while a window is open, and here it cannot: {failure.Cause}; {failure.Remedy}, or " +
        "weave with mpx or sfi, which need none of it");
}
