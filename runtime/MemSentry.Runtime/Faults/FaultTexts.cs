using MemSentry.Native.Faults;

namespace MemSentry.Faults;

/// <summary>What the fault handler says.</summary>
internal static class FaultTexts
{
    /// <summary>A masked access to the block.</summary>
    public static FaultMessage MaskedAccess { get; } = FaultMessage.Parse(
        $"MemSentry: MS{(int)RuntimeCode.MaskedAccessBlocked}: Blocked {{access}} at {{original}}, {{place}}, by the instruction at {{instruction}}: " +
        "the mask led it to {fault}, where nothing is. If managed code did it, the stack that follows shows the member. If that code may access safe regions, mark it " +
        "[SafeRegionAccess]; otherwise it has a memory-safety bug that an attacker can use.\n");

    /// <summary>An access to the block that was not masked.</summary>
    public static FaultMessage DirectAccess { get; } = FaultMessage.Parse(
        $"MemSentry: MS{(int)RuntimeCode.ClosedPageHit}: The processor stopped {{access}} at {{original}}, {{place}}, by the instruction at " +
        "{instruction}: the page is closed to it. If managed code did it, the stack that follows shows the member: one that is not woven or is whitelisted, " +
        "with an overflow, a stale pointer or a write to a read-only region.\n");

    /// <summary>An access to a domain that was closed, or open for less.</summary>
    public static FaultMessage ClosedDomain { get; } = FaultMessage.Parse(
        $"MemSentry: MS{(int)RuntimeCode.ClosedPageHit}: The processor stopped {{access}} at {{original}}, {{place}}, by the instruction at " +
        "{instruction}: it is closed to the code that did it. If managed code did it, the stack that follows shows the member. If that code may access safe regions, mark it " +
        "[SafeRegionAccess], and with the domain if it has one; otherwise it has a memory-safety bug that an attacker can use.\n");

    /// <summary>A masked access that missed low memory.</summary>
    public static FaultMessage LowMemory { get; } = FaultMessage.Parse(
        $"MemSentry: MS{(int)RuntimeCode.LowMemoryMasked}: Nothing is mapped at {{fault}}, where the instruction at {{instruction}} wanted {{access}}, but memory " +
        "is mapped at {original}: code woven with the method sfi cannot use memory whose address has bit 46 clear. Weave the assembly that the " +
        "following stack shows with ProtMethod=mpx, or keep such memory (MAP_32BIT, address hints) away from it.\n");

    /// <summary>Places in the block, where regions belong to domains.</summary>
    public static PlaceMessages PlacesInDomains => Places with { Inside = FaultMessage.Parse("inside {region} of the domain '{domain}' (byte {offset} of {length})") };

    /// <summary>Places in the block.</summary>
    public static PlaceMessages Places { get; } = new()
    {
        Inside = FaultMessage.Parse("inside {region} (byte {offset} of {length})"),
        Released = FaultMessage.Parse("in memory of {region}, which was released"),
        Behind = FaultMessage.Parse("in the guard behind {region} of {length} bytes"),
        Arena = FaultMessage.Parse("in the arena of the safe regions, where no region lives"),
        Guard = FaultMessage.Parse("in the guard around the safe regions"),
    };
}
