namespace MemSentry.Attacks.Contract;

/// <summary>A vulnerable member that turns the address into a managed reference.</summary>
/// <param name="opcodes">See <see cref="AttackAttribute"/>.</param>
public sealed class ConversionAttackAttribute(string opcodes) : AttackAttribute(opcodes, SafeRegionViolationKind.Conversion);
