using MemSentry.Native;
using static MemSentry.AddressSpaceLayout;

namespace MemSentry.Startup;

/// <summary>Reserves the addresses that masked null pointers lead to, so that they fault as null pointers do.</summary>
internal static class NullRange
{
    /// <summary>Reserves and seals it, or adopts what another copy of this runtime has reserved.</summary>
    /// <remarks>The caller holds the lock that all copies share.</remarks>
    public static Refusal? ReserveOrAdopt(MachineFacts facts)
    {
        SystemCallFailure? failure = AddressSpace.Reserve(NullRangeStart, NullRangeLength);
        if (failure is { Error: Errno.EEXIST })
        {
            return Verify(MemoryMap.ReadSelf());
        }

        if (failure is not null)
        {
            return BlockReservation.Explain(failure, facts) with { CanBeOverridden = false };
        }

        // The status tells from the guards whether this kernel can seal.
        AddressSpace.Seal(NullRangeStart, NullRangeLength);
        return null;
    }

    /// <summary>Accepts what is there only if it looks as another copy would have done it.</summary>
    internal static Refusal? Verify(MemoryMap map)
    {
        const ulong end = NullRangeStart + NullRangeLength;
        List<MappedRange> ranges = [.. map.Overlapping(NullRangeStart, end)];
        MappedRange? stranger = ranges.Where(range => range.Name.Length > 0 || range.Permissions != "---p").Cast<MappedRange?>().FirstOrDefault();
        return stranger is null && map.Covers(NullRangeStart, end)
            ? null
            : new Refusal(
                RuntimeCode.NullRangeTaken,
                $"The method sfi leads null pointers to 0x{NullRangeStart:x}-0x{end:x}, but {stranger?.ToString() ?? "something else"} lies " +
                "there; find out which library maps memory at fixed addresses, or weave with ProtMethod=mpx")
            { CanBeOverridden = false };
    }
}
