using MemSentry.AccessTable;
using MemSentry.Analysis.Planning.Copies;
using MemSentry.Analysis.Provenance;
using Mono.Cecil;

namespace MemSentry.Analysis.Planning;

/// <summary>A check that one operand needs.</summary>
/// <param name="Kind">What the instruction does with the operand: what a violation reports.</param>
/// <param name="Form">What the check does.</param>
/// <param name="Type">Spans and handles: their type.</param>
/// <param name="Length">Ranges and displaced addresses: how far they reach.</param>
/// <param name="Copy">Masked copies: what takes the operand's place.</param>
public sealed record OperandCheck(AccessKind Kind, CheckForm Form, TypeReference? Type = null, Length? Length = null, CopiedAddress? Copy = null);
