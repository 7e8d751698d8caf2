using MemSentry.Analysis.Chains;
using MemSentry.Analysis.Planning;

namespace MemSentry.Weaver.Inspection;

/// <summary>What is done about one address operand, and what that rests on.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Chain">What it rests on; null where nothing was analysed, as in whitelisted members.</param>
public sealed record ExplainedDecision(AccessDecision Decision, AccessChain? Chain);
