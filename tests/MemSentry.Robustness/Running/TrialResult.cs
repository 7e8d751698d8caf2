namespace MemSentry.Robustness.Running;

/// <summary>How a trial ended.</summary>
/// <param name="Failure">What went wrong, or null.</param>
/// <param name="IsWoven">Whether the damaged assembly could be woven all the same.</param>
/// <param name="IsProven">Whether the verifier accepted the result.</param>
internal sealed record TrialResult(string? Failure, bool IsWoven, bool IsProven);
