using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MemSentry.Allocation;
using MemSentry.Domains;
using MemSentry.Native.Faults;

namespace MemSentry.Faults;

/// <summary>Tells the assembler of the fault handler what the arena looks like.</summary>
internal static unsafe class FaultPlans
{
    /// <param name="arena">The real arena; null where regions are not protected, so that there is nothing to explain.</param>
    /// <param name="nextHandler">The handler that gets every signal afterwards.</param>
    /// <param name="firstHandler">The handler that was there before any of ours.</param>
    /// <param name="order">How many of ours there are already.</param>
    public static FaultHandlerPlan Create(ArenaHeader* arena, ulong nextHandler, ulong firstHandler, int order) => new()
    {
        NextHandler = nextHandler,
        FirstHandler = firstHandler,
        Order = order,
        MaskBit = AddressSpaceLayout.MaskBit,
        NullRangeShift = AddressSpaceLayout.NullRangeShift,
        LowMemory = FaultTexts.LowMemory,
        Block = arena == null ? null : new ProtectedBlock
        {
            Shift = AddressSpaceLayout.BlockShift,
            Index = AddressSpaceLayout.BlockIndex,
            Regions = Describe(arena),
            Places = arena->Method == DomainMethod.None ? FaultTexts.Places : FaultTexts.PlacesInDomains,
            MaskedAccess = FaultTexts.MaskedAccess,
            DirectAccess = arena->Method == DomainMethod.None ? FaultTexts.DirectAccess : FaultTexts.ClosedDomain,
        },
    };

    private static RegionTable Describe(ArenaHeader* arena)
    {
        // Only addresses are taken: nothing is read through them.
        RegionDescriptor region = default;
        var start = (byte*)&region;
        Domain* domains = DomainTable.At(arena, 0);
        return new RegionTable
        {
            ArenaStart = (ulong)arena,
            ArenaLength = AddressSpaceLayout.ArenaLength,
            Count = (ulong)&arena->DescriptorCount,
            Descriptors = (ulong)arena + arena->Geometry.RegionTable,
            DescriptorLength = sizeof(RegionDescriptor),
            Offset = (int)((byte*)&region.Offset - start),
            Length = (int)((byte*)&region.Length - start),
            ExtentOffset = (int)((byte*)&region.ExtentOffset - start),
            ExtentLength = (int)((byte*)&region.ExtentLength - start),
            State = (int)((byte*)&region.State - start),
            Live = (byte)RegionState.Live,
            Quarantined = (byte)RegionState.Quarantined,
            Traits = (int)((byte*)&region.Traits - start),
            GuardAtEnd = (byte)RegionTraits.GuardAtEnd,
            NameLength = (int)(&region.NameLength - start),
            Name = (int)((byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(region.NameBytes)) - start),
            NameCapacity = RegionDescriptor.NameCapacity,
            Domain = (int)(&region.Domain - start),
            Domains = (ulong)domains,
            DomainLength = sizeof(Domain),
            DomainNameLength = (int)((byte*)&domains->NameLength - (byte*)domains),
            DomainName = (int)((byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(domains->NameBytes)) - (byte*)domains),
        };
    }
}
