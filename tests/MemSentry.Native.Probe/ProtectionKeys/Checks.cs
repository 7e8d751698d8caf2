namespace MemSentry.Native.Probe.ProtectionKeys;

/// <summary>Counts what held and what did not, and says each as a line.</summary>
internal sealed class Checks
{
    private int _held;
    private int _failed;

    public void That(string name, bool holds, object? seen = null)
    {
        _held += holds ? 1 : 0;
        _failed += holds ? 0 : 1;
        Console.WriteLine($"{(holds ? "ok     " : "FAILED ")}{name}{(seen is null ? "" : $" ({seen})")}");
    }

    /// <summary>Says the sum.</summary>
    /// <returns>The exit code: 0 if all held.</returns>
    public int Sum()
    {
        Console.WriteLine($"protection keys: {_held} held, {_failed} failed");
        return _failed == 0 && _held > 0 ? 0 : 1;
    }
}
