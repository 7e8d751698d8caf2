namespace MemSentry.Attacks.Running;

/// <summary>A <see cref="SafeRegionViolationException"/> as plain data.</summary>
/// <param name="Kind">What was blocked.</param>
/// <param name="Member">The member it names.</param>
/// <param name="IsExpectedMember">Whether that is the row's member or an accomplice of its.</param>
/// <param name="IsInRegion">Whether the address lies within reach of the attacked region.</param>
public sealed record Violation(SafeRegionViolationKind Kind, string Member, bool IsExpectedMember, bool IsInRegion);
