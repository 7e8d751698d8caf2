using System.Runtime.InteropServices;
using MemSentry.Native;
using static MemSentry.AddressSpaceLayout;

namespace MemSentry.Startup;

/// <summary>
/// Why code that masks its addresses (method <c>sfi</c>) cannot run in a process. The mask is in the code, so no fallback helps: an access to
/// memory without the mask's bit would miss it.
/// </summary>
internal static class MaskRefusals
{
    /// <summary>The first reason; <see langword="null"/> if there is none.</summary>
    public static Refusal? Find(MachineFacts facts, MemoryMap map)
    {
        if (!facts.IsLinux || facts.Processor != Architecture.X64)
        {
            return MachineRefusals.Find(facts)! with { CanBeOverridden = false };
        }

        List<MappedRange> low = [.. BelowMask(map)];
        return low.Count == 0
            ? null
            : new Refusal(
                RuntimeCode.MemoryBelowMask,
                $"The method sfi needs all memory of the process at addresses with bit {MaskBit} set, and {low.Count} of its mappings have it clear " +
                $"(the first is {low[0]}); {(facts.IsStackUnlimited ? LimitTheStack : FindTheLibrary)}, or weave with ProtMethod=mpx")
            { CanBeOverridden = false };
    }

    /// <summary>The mappings that masked addresses cannot reach, our own block left out.</summary>
    public static IEnumerable<MappedRange> BelowMask(MemoryMap map) => map.Ranges.Where(range =>
        range.Start < NullRangeStart && (range.Start < BlockStart || range.End > BlockStart + BlockLength));

    private const string LimitTheStack =
        "the kernel moves mappings down when the stack is unlimited, so start the process with 'ulimit -s 8192' (systemd: LimitSTACK=8M)";

    private const string FindTheLibrary =
        "find out who maps memory there (a program that is not position-independent, MAP_32BIT, an address hint, vm.legacy_va_layout=1)";
}
