using MemSentry;

/// <summary>A secret in a safe region; the rest of the program may ask for a byte of it, and nothing else.</summary>
public static unsafe class Secret
{
    private static readonly SafeRegion Region = Create();

    [SafeRegionAccess]
    public static byte First() => Region.Span[0];

    /// <summary>What an attacker is assumed to know.</summary>
    [SafeRegionAccess]
    public static nint Address() => (nint)Region.Pointer;

    [SafeRegionAccess]
    private static SafeRegion Create()
    {
        SafeRegion region = SafeRegion.Allocate(32, new() { Name = "secret" });
        region.Span.Fill(42);
        return region;
    }
}
