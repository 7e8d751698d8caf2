using System.Runtime.InteropServices;

namespace MemSentry.Native;

/// <summary>Reads <c>/proc/self/pagemap</c> (kernel: Documentation/admin-guide/mm/pagemap.rst), which every process may do for itself.</summary>
internal static class PageTable
{
    private const ulong PageLength = 4096;
    private const ulong Present = 1UL << 63;
    private const ulong Swapped = 1UL << 62;
    private const int EntriesPerRead = 4096;

    /// <summary>
    /// The parts of a range that were ever touched, in memory or in swap. All of it if the kernel does not tell: too much, never too little.
    /// </summary>
    /// <param name="start">First byte, page-aligned.</param>
    /// <param name="length">Bytes, a multiple of a page.</param>
    public static List<(ulong Start, ulong Length)> TouchedRanges(ulong start, ulong length)
    {
        var touched = new List<(ulong Start, ulong Length)>();
        var entries = new ulong[EntriesPerRead];
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle pagemap = File.OpenHandle("/proc/self/pagemap");
            for (ulong at = start; at < start + length;)
            {
                int wanted = (int)Math.Min(EntriesPerRead, (start + length - at) / PageLength);
                int read = RandomAccess.Read(pagemap, MemoryMarshal.AsBytes(entries.AsSpan(0, wanted)), (long)(at / PageLength * 8)) / 8;
                if (read == 0)
                {
                    return [(start, length)];
                }

                for (int i = 0; i < read; i++, at += PageLength)
                {
                    if ((entries[i] & (Present | Swapped)) != 0)
                    {
                        Append(touched, at);
                    }
                }
            }
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return [(start, length)];
        }

        return touched;
    }

    private static void Append(List<(ulong Start, ulong Length)> ranges, ulong page)
    {
        if (ranges.Count > 0 && ranges[^1].Start + ranges[^1].Length == page)
        {
            ranges[^1] = (ranges[^1].Start, ranges[^1].Length + PageLength);
        }
        else
        {
            ranges.Add((page, PageLength));
        }
    }
}
