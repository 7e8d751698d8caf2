namespace MemSentry.Native;

/// <summary>What is mapped in a process, in order of address.</summary>
internal sealed class MemoryMap(IReadOnlyList<MappedRange> ranges)
{
    /// <summary>All ranges, lowest first.</summary>
    public IReadOnlyList<MappedRange> Ranges { get; } = ranges;

    /// <summary>Reads this process's map, as of now. Empty where there is no /proc: then nothing can be proven from it.</summary>
    public static MemoryMap ReadSelf()
    {
        try
        {
            return Parse(File.ReadLines("/proc/self/maps"));
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return new MemoryMap([]);
        }
    }

    public static MemoryMap Parse(IEnumerable<string> lines)
    {
        var ranges = new List<MappedRange>();
        foreach (string line in lines)
        {
            ranges.Add(MappedRange.Parse(line));
        }

        return new MemoryMap(ranges);
    }

    /// <summary>The ranges that share at least one byte with the given one.</summary>
    public IEnumerable<MappedRange> Overlapping(ulong start, ulong end)
    {
        foreach (MappedRange range in Ranges)
        {
            if (range.Start < end && start < range.End)
            {
                yield return range;
            }
        }
    }

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
