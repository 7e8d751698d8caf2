using MemSentry.AccessTable;

namespace MemSentry.Analysis.Planning;

/// <summary>The check that one operand needs.</summary>
/// <param name="Kind">What the instruction does with the operand: what a violation reports.</param>
/// <param name="Form">What the check does.</param>
public sealed record OperandCheck(AccessKind Kind, CheckForm Form);
