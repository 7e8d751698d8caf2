namespace MemSentry.Analysis.Trust;

/// <summary>Names in the runtime's public surface that the analysis looks for.</summary>
internal static class MemSentryNames
{
    /// <summary>Whitelists what it stands on.</summary>
    public const string SafeRegionAccess = "MemSentry.SafeRegionAccessAttribute";

    /// <summary>Puts what it stands on into a named section.</summary>
    public const string Section = "MemSentry.SectionAttribute";

    /// <summary>Says of a parameter of a whitelisted member that callers may pass addresses inside safe regions.</summary>
    public const string AcceptsSafeRegion = "MemSentry.AcceptsSafeRegionAttribute";

    /// <summary>The type with the marker call.</summary>
    public const string Markers = "MemSentry.MemSentryMarkers";

    /// <summary>The marker call.</summary>
    public const string MarkerCall = "SafeRegionAccess";
}
