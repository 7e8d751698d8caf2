namespace MemSentry.Attacks.Contract;

/// <summary>A vulnerable member that reads memory.</summary>
/// <param name="opcodes">See <see cref="AttackAttribute"/>.</param>
public sealed class LoadAttackAttribute(string opcodes) : AttackAttribute(opcodes, SafeRegionViolationKind.Load);
