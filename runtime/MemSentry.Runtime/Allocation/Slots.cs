using MemSentry.Domains;
namespace MemSentry.Allocation;

/// <summary>
/// Small regions. A slab of pages is carved into slots of one size class; each slot keeps its descriptor for ever, so a freed slot needs
/// no link inside the slot itself, and memory that once held a 32-byte key only ever holds regions of that class. Slabs are never given
/// back, which is what allows them to be sealed. The caller holds the lock.
/// </summary>
internal static unsafe class Slots
{
    public static uint Allocate(ArenaHeader* arena, int domain, int sizeClass, in RegionRequest request)
    {
        Domain* slabs = DomainTable.At(arena, domain);
        uint index = slabs->FirstFreeSlot[sizeClass];
        if (index != 0)
        {
            slabs->FirstFreeSlot[sizeClass] = ArenaHeader.Descriptor(arena, index)->Next;
        }
        else
        {
            index = Carve(arena, domain, sizeClass);
            if (index == 0)
            {
                return 0;
            }
        }

        RegionDescriptor* region = ArenaHeader.Descriptor(arena, index);
        region->Offset = region->ExtentOffset + request.LengthBefore;
        region->Length = request.Length;
        region->Traits = RegionTraits.None;

        // Again, although release did it: a stale pointer of trusted code may have written since.
        ArenaPages.Wipe(arena, region->ExtentOffset, region->ExtentLength);
        return index;
    }

    public static void Free(ArenaHeader* arena, uint index)
    {
        RegionDescriptor* region = ArenaHeader.Descriptor(arena, index);

        // A generation that has come round could make a very old handle fit again: such a slot is retired.
        if (region->Generation == uint.MaxValue)
        {
            region->State = RegionState.Unused;
            return;
        }

        region->State = RegionState.FreeSlot;
        Domain* slabs = DomainTable.At(arena, region->Domain);
        region->Next = slabs->FirstFreeSlot[region->SizeClass];
        slabs->FirstFreeSlot[region->SizeClass] = index;
    }

    private static uint Carve(ArenaHeader* arena, int domain, int sizeClass)
    {
        Domain* slabs = DomainTable.At(arena, domain);
        ulong length = SizeClasses.LengthOf(sizeClass);
        if (slabs->SlabPosition[sizeClass] + length > slabs->SlabEnd[sizeClass] && !StartSlab(arena, domain, sizeClass))
        {
            return 0;
        }

        uint index = RegionDescriptors.New(arena);
        if (index != 0)
        {
            RegionDescriptor* region = ArenaHeader.Descriptor(arena, index);
            region->SizeClass = (byte)sizeClass;
            region->Domain = (byte)domain;
            region->ExtentOffset = slabs->SlabPosition[sizeClass];
            region->ExtentLength = length;
            slabs->SlabPosition[sizeClass] += length;
        }

        return index;
    }

    private static bool StartSlab(ArenaHeader* arena, int domain, int sizeClass)
    {
        ulong offset = SlabArea.Open(arena, domain);
        if (offset == 0)
        {
            return false;
        }

        Domain* slabs = DomainTable.At(arena, domain);
        slabs->SlabPosition[sizeClass] = offset;
        slabs->SlabEnd[sizeClass] = offset + SizeClasses.SlabLength;
        return true;
    }
}
