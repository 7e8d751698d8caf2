namespace MemSentry;

/// <summary>A region that has not been disposed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="IsAbandoned">Whether its <see cref="SafeRegion"/> was collected, so that nobody can dispose it any more.</param>
/// <param name="CreationStack">
/// Where it was allocated; <see langword="null"/> unless tracking is on (<see cref="MemSentryRuntime.TracksCreation"/>).
/// </param>
public sealed record LiveRegion(string Name, ulong Length, bool IsAbandoned, string? CreationStack);
