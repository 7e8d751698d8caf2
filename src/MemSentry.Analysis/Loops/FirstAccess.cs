using MemSentry.AccessTable;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Loops;

/// <summary>An access that is sure to happen, on one of the ways that control may take.</summary>
/// <param name="Instruction">The instruction.</param>
/// <param name="Depth">The address's depth on the stack.</param>
/// <param name="Kind">What the access does.</param>
internal readonly record struct FirstAccess(Instruction Instruction, int Depth, AccessKind Kind);
