namespace MemSentry.Attacks.Contract;

/// <summary>A vulnerable member that hands the address to code that is not woven.</summary>
/// <param name="opcodes">See <see cref="AttackAttribute"/>.</param>
public sealed class EscapeAttackAttribute(string opcodes) : AttackAttribute(opcodes, SafeRegionViolationKind.Escape);
