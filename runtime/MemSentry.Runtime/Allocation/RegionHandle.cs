namespace MemSentry.Allocation;

/// <summary>
/// All that a <see cref="SafeRegion"/> object holds. It lies in the GC heap, where the attacker may have rewritten it, so it is only a
/// claim: the arena says whether it is true.
/// </summary>
/// <param name="Index">The descriptor.</param>
/// <param name="Ticket">Must equal the descriptor's.</param>
internal readonly record struct RegionHandle(uint Index, ulong Ticket);
