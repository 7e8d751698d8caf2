using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning.Copies;

/// <summary>A store that moves its variable on; the masked copy moves with it.</summary>
/// <param name="Store">The store.</param>
/// <param name="By">By how many bytes.</param>
public readonly record struct CopyStep(Instruction Store, long By);
