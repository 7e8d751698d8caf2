using MemSentry.Fuzzing.Judging;
using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing.Building;

/// <summary>A batch on disk.</summary>
/// <param name="Order">What its runner has to do.</param>
/// <param name="Findings">What was found before it ran: our own weaves that were rejected or failed.</param>
/// <param name="Refusals">Members that the weaver refused, with its reasons.</param>
public sealed record BuiltBatch(RunOrder Order, IReadOnlyList<Finding> Findings, IReadOnlyDictionary<int, string> Refusals);
