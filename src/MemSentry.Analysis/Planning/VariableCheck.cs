using MemSentry.AccessTable;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>A compare of a variable from which the address of an access is displaced.</summary>
/// <param name="Before">The instruction, at which paths do not meet before the access, that it goes before (and before its prefixes).</param>
/// <param name="Variable">A <see cref="VariableDefinition"/> or <see cref="Mono.Cecil.ParameterDefinition"/>.</param>
/// <param name="Kind">What the access does: what a violation reports.</param>
/// <param name="Offset">The IL offset of the access in the input, in bytes: what a violation reports.</param>
/// <param name="IsHeld">Whether the variable is made new first, because it may have been there before a call.</param>
/// <param name="IsHoisted">Whether it serves accesses of a loop, and stands on the way in or where the variable changes.</param>
public sealed record VariableCheck(Instruction Before, object Variable, AccessKind Kind, int Offset, bool IsHeld = false, bool IsHoisted = false);
