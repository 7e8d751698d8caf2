namespace MemSentry.Allocation;

/// <summary>
/// Numbers that an attacker who cannot read the arena cannot foretell from the few he may see (SplitMix64 over a secret state, upper half
/// only). They make handles hard to guess; no secret is made from them. The caller holds the lock.
/// </summary>
internal static unsafe class ArenaRandom
{
    public static uint Next(ArenaHeader* arena)
    {
        ulong z = arena->RandomState += 0x9e37_79b9_7f4a_7c15;
        z = (z ^ (z >> 30)) * 0xbf58_476d_1ce4_e5b9;
        z = (z ^ (z >> 27)) * 0x94d0_49bb_1331_11eb;
        return (uint)((z ^ (z >> 31)) >> 32);
    }
}
