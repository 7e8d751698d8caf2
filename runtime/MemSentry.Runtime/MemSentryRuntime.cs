using MemSentry.Allocation;
using MemSentry.Startup;

namespace MemSentry;

/// <summary>What MemSentry does in this process.</summary>
public static unsafe class MemSentryRuntime
{
    /// <summary>The state of this moment.</summary>
    public static MemSentryStatus Status => StatusReport.Create();

    /// <summary>
    /// Whether every allocation keeps its stack for <see cref="GetLiveRegions"/>: environment variable <c>MEMSENTRY_TRACK_CREATION=1</c>
    /// or <c>"MemSentry.TrackCreation": true</c> in runtimeconfig.json. Off by default.
    /// </summary>
    public static bool TracksCreation => CreationStacks.AreOn;

    /// <summary>The regions that have not been disposed, of all copies of the runtime in the process.</summary>
    public static IReadOnlyList<LiveRegion> GetLiveRegions() => Arena.IsStarted ? LiveRegions.List(Arena.Current) : [];
}
