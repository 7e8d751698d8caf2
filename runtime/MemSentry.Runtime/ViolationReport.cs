using MemSentry.Allocation;
using static MemSentry.AddressSpaceLayout;

namespace MemSentry;

/// <summary>Puts a blocked access into words.</summary>
internal static unsafe class ViolationReport
{
    public static SafeRegionViolationException Create(nuint address, string member, int ilOffset, SafeRegionViolationKind kind)
    {
        (string place, string? region) = Describe(address);
        string message =
            $"MS{(int)RuntimeCode.AccessBlocked}: Blocked {Describe(kind, address)}, {place}, in {member} at IL offset 0x{ilOffset:x4}. " +
            "If this code may access safe regions, mark it [SafeRegionAccess]; otherwise it has a memory-safety bug that an attacker can use.";
        return new SafeRegionViolationException(message, kind, address, member, ilOffset, region);
    }

    private static string Describe(SafeRegionViolationKind kind, nuint address) => kind switch
    {
        SafeRegionViolationKind.Load => $"a load at 0x{address:x}",
        SafeRegionViolationKind.Store => $"a store at 0x{address:x}",
        SafeRegionViolationKind.Conversion => $"the conversion of 0x{address:x} to a managed reference",
        SafeRegionViolationKind.Escape => $"the passing of 0x{address:x} to code that is not woven",
        _ => $"a use (kind {(int)kind}) of 0x{address:x}",
    };

    private static (string Place, string? Region) Describe(ulong address)
    {
        if (Arena.IsStarted)
        {
            ArenaHeader* arena = Arena.Current;
            using ArenaLock held = ArenaLock.Enter(arena);
            RegionDescriptor* region = RegionLookup.FindByAddress(arena, (nuint)address);
            if (region != null)
            {
                string name = RegionNames.Read(region);
                ulong offset = address - (ulong)arena - region->Offset;
                return (
                    $"inside {(name.Length == 0 ? "an unnamed safe region" : $"the safe region '{name}'")} (byte {offset} of {region->Length})",
                    name);
            }
        }

        return (address switch
        {
            >= ArenaStart and < ArenaStart + ArenaLength => "in the arena of the safe regions, where no region lives",
            >= BlockStart and < BlockStart + BlockLength => "in the guard around the safe regions",
            _ => "far from the safe regions",
        }, null);
    }
}
