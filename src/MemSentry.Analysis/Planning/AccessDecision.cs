using MemSentry.AccessTable;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Provenance;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>The decision about one operand of one instruction of which something has to hold, with its reason.</summary>
/// <param name="Instruction">The instruction.</param>
/// <param name="Offset">Its IL offset in the input, in bytes.</param>
/// <param name="Depth">The operand's position on the stack before the instruction, 0 being the top.</param>
/// <param name="Kind">What the instruction does with the operand.</param>
/// <param name="IsRaw">Whether the operand is a pointer or native integer rather than a reference, object or structure.</param>
/// <param name="Origin">Where the operand comes from.</param>
/// <param name="Verdict">What is done about it.</param>
/// <param name="Form">How it is checked, if it is.</param>
/// <param name="Pass">Which kind of proof left its own check out, moved or merged it; null if none did.</param>
public sealed record AccessDecision(
    Instruction Instruction, int Offset, int Depth, AccessKind Kind, bool IsRaw, AddressOrigin Origin, AccessVerdict Verdict, CheckForm? Form = null, PlanningPass? Pass = null);
