namespace MemSentry.Attacks.Contract;

/// <summary>A vulnerable member that writes memory.</summary>
/// <param name="opcodes">See <see cref="AttackAttribute"/>.</param>
public sealed class StoreAttackAttribute(string opcodes) : AttackAttribute(opcodes, SafeRegionViolationKind.Store);
