namespace MemSentry.Fuzzing.Running;

/// <summary>What a runner counted.</summary>
/// <param name="Run">Members that it ran.</param>
/// <param name="Reached">Those of them that get at a region unwoven: without weaving, these would be escapes.</param>
/// <param name="Gates">Calls of gates, of scenarios.</param>
/// <param name="Looks">Looks at regions, of scenarios.</param>
internal sealed record RunCounts(int Run, int Reached, long Gates = 0, long Looks = 0);
