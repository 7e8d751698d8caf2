using System.Runtime.InteropServices;

namespace MemSentry.Native;

/// <summary>Reads <c>/proc/self/pagemap</c> (kernel: Documentation/admin-guide/mm/pagemap.rst), which every process may do for itself.</summary>
internal static class PageTable
{
    private const ulong PageLength = 4096;
    private const ulong Present = 1UL << 63;
    private const ulong Swapped = 1UL << 62;
    private const int EntriesPerRead = 1024;
    private const nuint CloseOnExecute = 0x80000;

    private static ReadOnlySpan<byte> File => "/proc/self/pagemap\0"u8;

    /// <summary>
    /// The parts of a range that were ever touched, in memory or in swap. All of it if the kernel does not tell: too much, never too little.
    /// </summary>
    /// <remarks>
    /// By bare system calls, not by the framework's files: that the kernel does not tell must not be an exception. The allocator asks while it holds its lock, for which an
    /// observer of exceptions would wait for ever.
    /// </remarks>
    /// <param name="start">First byte, page-aligned.</param>
    /// <param name="length">Bytes, a multiple of a page.</param>
    public static unsafe List<(ulong Start, ulong Length)> TouchedRanges(ulong start, ulong length)
    {
        int file = -1;
        fixed (byte* name = File)
        {
            // An unprotected arena may be that of another processor, where these numbers mean other calls.
            file = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? (int)LibC.SystemCall(LibC.SystemCallOpen, (nuint)name, CloseOnExecute, 0) : file;
        }

        if (file < 0)
        {
            return [(start, length)];
        }

        List<(ulong Start, ulong Length)>? touched = Read(file, start, length);
        LibC.Close(file);
        return touched ?? [(start, length)];
    }

    private static unsafe List<(ulong Start, ulong Length)>? Read(int file, ulong start, ulong length)
    {
        var touched = new List<(ulong Start, ulong Length)>();
        ulong* entries = stackalloc ulong[EntriesPerRead];
        for (ulong at = start; at < start + length;)
        {
            ulong wanted = Math.Min(EntriesPerRead, (start + length - at) / PageLength);
            long read = LibC.SystemCall(LibC.SystemCallReadAt, (nuint)file, (nuint)entries, (nuint)(wanted * sizeof(ulong)), (nuint)(at / PageLength * sizeof(ulong))) / sizeof(ulong);
            if (read <= 0)
            {
                return null;
            }

            for (long i = 0; i < read; i++, at += PageLength)
            {
                if ((entries[i] & (Present | Swapped)) != 0)
                {
                    Append(touched, at);
                }
            }
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
