using System.Globalization;

namespace MemSentry.Native.ProtectionKeys;

/// <summary>Which protection key the pages of a process have: <c>/proc/self/smaps</c> (proc(5)), which says what the kernel has done, whatever a call has answered.</summary>
internal sealed class KeyMap(IReadOnlyList<KeyedRange> ranges)
{
    private const string KeyField = "ProtectionKey:";

    /// <summary>All ranges, lowest first.</summary>
    public IReadOnlyList<KeyedRange> Ranges { get; } = ranges;

    /// <summary>Reads this process's map, as of now. Empty where there is no /proc: then no key is confirmed.</summary>
    public static KeyMap ReadSelf()
    {
        try
        {
            return Parse(File.ReadLines("/proc/self/smaps"));
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return new KeyMap([]);
        }
    }

    /// <summary>Reads the lines: one of maps for each range, and behind it its fields.</summary>
    /// <exception cref="FormatException">A line is neither a range nor a field.</exception>
    public static KeyMap Parse(IEnumerable<string> lines)
    {
        var ranges = new List<KeyedRange>();
        foreach (string line in lines)
        {
            if (IsField(line))
            {
                if (line.StartsWith(KeyField, StringComparison.Ordinal) && ranges.Count > 0)
                {
                    ranges[^1] = ranges[^1] with { Key = ParseKey(line) };
                }
            }
            else
            {
                ranges.Add(new KeyedRange(MappedRange.Parse(line), null));
            }
        }

        return new KeyMap(ranges);
    }

    /// <summary>Whether every byte of a range is mapped and has this key.</summary>
    /// <param name="start">First byte.</param>
    /// <param name="end">First byte behind it.</param>
    /// <param name="key">From 0 to 15.</param>
    public bool Confirms(ulong start, ulong end, int key) =>
        new MemoryMap([.. Ranges.Where(range => range.Key == key).Select(range => range.Mapping)]).Covers(start, end);

    /// <summary>A field starts with its name in capitals and a colon; a range with a lower-case hexadecimal number.</summary>
    private static bool IsField(string line)
    {
        int end = line.IndexOf(' ', StringComparison.Ordinal);
        return end > 0 && line[end - 1] == ':';
    }

    private static int ParseKey(string line) =>
        int.TryParse(line.AsSpan(KeyField.Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out int key)
            ? key
            : throw new FormatException($"'{line}' has no protection key.");
}
