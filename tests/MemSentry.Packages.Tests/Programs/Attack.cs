using MemSentry;

/// <summary>One wild read, in words that a test can look for.</summary>
public static class Attack
{
    public static string On(Func<nint[], byte> read)
    {
        try
        {
            return $"read {read([Secret.Address()])}";
        }
        catch (SafeRegionViolationException blocked)
        {
            return blocked.Message;
        }
    }
}
