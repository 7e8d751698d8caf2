namespace MemSentry.Fuzzing.Generation;

/// <summary>What is allowed where a statement stands.</summary>
/// <param name="MayReturn">Not in cleanup code.</param>
/// <param name="MayAwait">Only where nothing is protected by handlers.</param>
internal readonly record struct StatementSite(bool MayReturn, bool MayAwait);
