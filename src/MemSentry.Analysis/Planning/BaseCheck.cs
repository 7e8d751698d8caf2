using MemSentry.AccessTable;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>A compare of a number on the stack from which the address of an access is displaced.</summary>
/// <param name="Producer">The instruction that pushes it, and behind which the check goes; no jump leads there.</param>
/// <param name="Kind">What the access does: what a violation reports.</param>
/// <param name="Offset">The IL offset of the access in the input, in bytes: what a violation reports.</param>
public sealed record BaseCheck(Instruction Producer, AccessKind Kind, int Offset);
