using MemSentry.Fuzzing.Judging;

namespace MemSentry.Fuzzing.Running;

/// <summary>What came of a batch.</summary>
/// <param name="Run">Members that ran to their end.</param>
/// <param name="Reached">Those of them that get at a region unwoven.</param>
/// <param name="Findings">What is wrong.</param>
/// <param name="Broken">Members that ended the process unwoven: the generator's fault.</param>
/// <param name="Gates">Calls of gates, of scenarios.</param>
/// <param name="Looks">Looks at regions, of scenarios.</param>
public sealed record RunAnswer(int Run, int Reached, IReadOnlyList<Finding> Findings, IReadOnlyList<int> Broken, long Gates = 0, long Looks = 0);
