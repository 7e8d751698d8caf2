using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing.Campaign;

/// <summary>One batch, and what came of it.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Built">What was built of it.</param>
/// <param name="Answer">What its runners said.</param>
/// <param name="First">The number in the campaign of its first member.</param>
public sealed record Round(IBatch Batch, BuiltBatch Built, RunAnswer Answer, long First);
