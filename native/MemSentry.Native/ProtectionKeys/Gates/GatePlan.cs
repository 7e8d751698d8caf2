namespace MemSentry.Native.ProtectionKeys.Gates;

/// <summary>Everything that the stubs of a domain know. All of it becomes immediate operands.</summary>
/// <param name="Key">The domain's key.</param>
/// <param name="Ours">All keys of the runtime, this one included.</param>
/// <param name="Others">
/// The register, if no other software will ever change its keys: then gates write constants and compare all of it. <see langword="null"/> to keep the bits of other keys as they are.
/// </param>
internal sealed record GatePlan(int Key, IReadOnlyList<int> Ours, uint? Others = null)
{
    /// <summary>The bits of all our keys.</summary>
    public uint OurBits => Ours.Aggregate(0u, (bits, key) => bits | KeyRegister.Mask(key));

    /// <summary>The same bits with all our keys closed.</summary>
    public uint AllClosed => Ours.Aggregate(0u, (bits, key) => bits | KeyRegister.Bits(key, KeyRights.None));
}
