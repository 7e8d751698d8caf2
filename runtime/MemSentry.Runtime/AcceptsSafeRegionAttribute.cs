namespace MemSentry;

/// <summary>
/// Says of a pointer, native integer or managed reference that a whitelisted member receives: callers may pass an address inside a safe region.
/// Without it, code that is not whitelisted has what it passes compared first, because whitelisted code would do the attacker's work at any address that
/// it is given.
/// </summary>
/// <remarks>
/// It is trust in the member: whatever number an attacker brings its callers to pass, the member must do no harm with it. Let it look the address up among the
/// regions that it knows, or only compare it; an access to the address as it came is what the attribute takes the protection from.
/// Under <c>crypt</c> an address opens nothing: the member finds ciphertext there, unless its window has asked the region itself for its pointer.
/// Honoured at calls inside the module, where it is certain that this very member runs. On a member that is not whitelisted it changes nothing.
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class AcceptsSafeRegionAttribute : Attribute;
