namespace MemSentry;

/// <summary>Calls that say something to the weaver. It removes them; where code is not woven they do nothing.</summary>
public static class MemSentryMarkers
{
    /// <summary>The next access in this basic block may touch safe regions (<c>memsentry_saferegion_access</c> of the original).</summary>
    public static void SafeRegionAccess()
    {
    }
}
