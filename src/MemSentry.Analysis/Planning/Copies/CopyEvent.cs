using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning.Copies;

/// <summary>Something that happens to a masked copy that moves with its variable.</summary>
/// <param name="Kind">What.</param>
/// <param name="Instruction">Where.</param>
/// <param name="Bytes">How far from the copy an access is, or how far a step goes.</param>
/// <param name="IsEvidence">Whether an access is executed in any case.</param>
internal sealed record CopyEvent(CopyEventKind Kind, Instruction Instruction, long Bytes = 0, bool IsEvidence = false);
