using MemSentry.Startup;

namespace MemSentry;

/// <summary>What MemSentry does in this process.</summary>
public static class MemSentryRuntime
{
    /// <summary>The state of this moment.</summary>
    public static MemSentryStatus Status => StatusReport.Create();
}
