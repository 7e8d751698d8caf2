using MemSentry.Native.ThreadStarts;
using MemSentry.Startup;

namespace MemSentry.ProtectionKeys;

/// <summary>Has threads start closed, or says why they would not.</summary>
internal static class ThreadStartRefusals
{
    /// <summary>Has threads start with further keys closed.</summary>
    /// <param name="keys">Keys that were not given before.</param>
    /// <returns><see langword="null"/> if they will; else the keys must not be used.</returns>
    public static Refusal? Install(params IReadOnlyList<int> keys)
    {
        try
        {
            return ThreadStarts.Install(keys) is { } failure ? Create(failure) : null;
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
        "use the methods mpx or sfi, which need none of it");
}
