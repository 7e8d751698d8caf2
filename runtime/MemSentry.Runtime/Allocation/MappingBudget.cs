namespace MemSentry.Allocation;

/// <summary>
/// A region that ends at a guard or is read-only differs from its neighbours in its rights, and one that is encrypted has code of its own, so the kernel keeps two mappings more for it,
/// of 65,530 (vm.max_map_count) that a process may have. .NET dies when it finds none left for itself (measured: "Failed to create RW
/// mapping for RX memory"), hence a refusal of our own while half of them are left. The caller holds the lock.
/// </summary>
internal static unsafe class MappingBudget
{
    public const uint MaximumSplits = 16 * 1024;

    private const RegionTraits Splitting = RegionTraits.GuardAtEnd | RegionTraits.ReadOnly | RegionTraits.Encrypted;

    /// <param name="arena">The arena.</param>
    /// <param name="traits">What the region already has: one that is split costs nothing more.</param>
    /// <returns>That there are as many such regions as there may be; to be thrown when the lock is free.</returns>
    public static SafeRegionException? Refuse(ArenaHeader* arena, RegionTraits traits = RegionTraits.None) =>
        arena->SplitCount < MaximumSplits || (traits & Splitting) != 0
            ? null
            : new SafeRegionException(
                RuntimeCode.TooManyMappings,
                $"{MaximumSplits} safe regions end at a guard page, are read-only or are encrypted, as many as the kernel's limit on mappings allows; " +
                "dispose some, or put more secrets into one region.");

    /// <summary>Gives a live region traits, once.</summary>
    public static void Add(ArenaHeader* arena, RegionDescriptor* region, RegionTraits traits)
    {
        bool wasSplit = (region->Traits & Splitting) != 0;
        region->Traits |= traits;
        arena->SplitCount += !wasSplit && (region->Traits & Splitting) != 0 ? 1u : 0u;
    }

    public static void Remove(ArenaHeader* arena, RegionDescriptor* region) =>
        arena->SplitCount -= (region->Traits & Splitting) != 0 ? 1u : 0u;
}
