using MemSentry.Allocation;
using MemSentry.Native;
using MemSentry.Native.ProtectionKeys.Gates;

namespace MemSentry.Startup;

/// <summary>Something lies where the block should go: another copy of this runtime, or a stranger?</summary>
internal static unsafe class BlockAdoption
{
    private const ulong ArenaStart = AddressSpaceLayout.ArenaStart;

    /// <summary>What the kernel calls memory of memfd_secret(2), in which regions with protection keys lie.</summary>
    private const string SecretMemory = "/secretmem (deleted)";

    private const ulong HeaderEnd = ArenaStart + ArenaGeometry.HeaderLength;

    /// <summary>
    /// Accepts what is there only if the kernel's map says that all of block and alias is reserved as another copy would have done it,
    /// and the header agrees on layout and shape.
    /// </summary>
    public static Refusal? Verify(MemoryMap map)
    {
        if (!LooksReserved(map, AddressSpaceLayout.BlockStart) || !HeaderIsReadable(map))
        {
            return Taken(map, AddressSpaceLayout.BlockStart);
        }

        // Only now is it safe to look.
        var arena = (ArenaHeader*)ArenaStart;
        if (Volatile.Read(ref arena->Magic) != ArenaHeader.ExpectedMagic)
        {
            return Taken(map, AddressSpaceLayout.BlockStart);
        }

        if (!arena->IsOurs)
        {
            return new Refusal(
                RuntimeCode.OtherRuntimeDiffers,
                $"Another copy of MemSentry.Runtime in this process uses layout {arena->LayoutVersion}.{arena->Shape}, and this one uses " +
                $"{AddressSpaceLayout.Version}.{ArenaHeader.ExpectedShape}; load the same version of MemSentry.Runtime everywhere");
        }

        return LooksReserved(map, AddressSpaceLayout.AliasStart) ? null : Taken(map, AddressSpaceLayout.AliasStart);
    }

    /// <summary>Names what lies in a range of the layout.</summary>
    public static Refusal Taken(MemoryMap map, ulong start)
    {
        ulong end = start + AddressSpaceLayout.BlockLength;
        string first = map.Overlapping(start, end).Select(range => range.ToString()).FirstOrDefault() ?? "something that /proc/self/maps does not name";
        return new Refusal(
            RuntimeCode.AddressRangeTaken,
            $"Safe regions need the address range 0x{start:x}-0x{end:x}, but {first} lies there; find out which library maps memory at " +
            $"fixed addresses and start it later or move it");
    }

    private static bool LooksReserved(MemoryMap map, ulong start)
    {
        ulong end = start + AddressSpaceLayout.BlockLength;
        return map.Covers(start, end)
            && map.Overlapping(start, end).All(range => IsOfArena(range)
                ? range.Name is "" or SecretMemory
                : range.Name.Length == 0 && range.Permissions == "---p");
    }

    private static bool IsOfArena(MappedRange range) =>
        range.Start >= ArenaStart && range.End <= GateLayout.Start + GateLayout.Length;

    private static bool HeaderIsReadable(MemoryMap map) =>
        map.Covers(ArenaStart, HeaderEnd) && map.Overlapping(ArenaStart, HeaderEnd).All(range => range.Permissions is "rw-p" or "r--p");
}
