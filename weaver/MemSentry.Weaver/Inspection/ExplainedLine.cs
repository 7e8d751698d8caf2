using MemSentry.Analysis.Options;

namespace MemSentry.Weaver.Inspection;

/// <summary>One line of a member's IL, before and after the weave.</summary>
/// <param name="Before">Its offset in the input, in bytes; null for an instruction that the weave adds.</param>
/// <param name="After">Its offset in the woven body, in bytes; null for an instruction that the weave removes.</param>
/// <param name="Text">The instruction: as woven, or as it was if it is removed.</param>
/// <param name="Decisions">What was decided about its address operands; on the first line of the code that the weave puts before it.</param>
/// <param name="GaveWayBy">The pass that put other code, which follows, into the place of an instruction before anything was decided; null if none did.</param>
public sealed record ExplainedLine(int? Before, int? After, string Text, IReadOnlyList<ExplainedDecision> Decisions, PlanningPass? GaveWayBy = null);
