namespace MemSentry.Native;

/// <summary>What is mapped in a process, in order of address.</summary>
internal sealed class MemoryMap(IReadOnlyList<MappedRange> ranges)
{
    /// <summary>All ranges, lowest first.</summary>
    public IReadOnlyList<MappedRange> Ranges { get; } = ranges;

    /// <summary>Reads this process's map, as of now.</summary>
    public static MemoryMap ReadSelf() => Parse(File.ReadLines("/proc/self/maps"));

    public static MemoryMap Parse(IEnumerable<string> lines) => new([.. lines.Select(MappedRange.Parse)]);

    /// <summary>The ranges that share at least one byte with the given one.</summary>
    public IEnumerable<MappedRange> Overlapping(ulong start, ulong end) =>
        Ranges.Where(range => range.Start < end && start < range.End);

    /// <summary>Whether every byte of the range is mapped, without a gap.</summary>
    public bool Covers(ulong start, ulong end)
    {
        foreach (MappedRange range in Overlapping(start, end))
        {
            if (range.Start > start)
            {
                return false;
            }

            start = range.End;
        }

        return start >= end;
    }
}
