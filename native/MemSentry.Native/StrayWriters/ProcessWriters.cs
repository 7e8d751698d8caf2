namespace MemSentry.Native.StrayWriters;

/// <summary>Looks through all code of this process for instructions that change the key register.</summary>
/// <remarks>
/// Read by <c>/proc/self/mem</c>: code that is released meanwhile makes a read fail, and no fault. Code that can only be executed is that of our own stubs, which
/// compare what they have written.
/// </remarks>
/// <param name="Files">Files in which there are some, by name.</param>
/// <param name="WhyIncomplete">Why some code was not read; <see langword="null"/> if all was.</param>
internal sealed record ProcessWriters(IReadOnlyList<FileWriters> Files, string? WhyIncomplete)
{
    /// <summary>Looks now.</summary>
    public static ProcessWriters Read()
    {
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle memory = File.OpenHandle("/proc/self/mem");
            return Find(MemoryMap.ReadSelf(), (start, buffer) => RandomAccess.Read(memory, buffer, (long)start));
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return new ProcessWriters([], $"/proc/self/mem cannot be read ({missing.Message})");
        }
    }

    /// <summary>Looks through certain memory.</summary>
    /// <param name="map">What is mapped.</param>
    /// <param name="read">Reads from an address on as much as there is, and answers how much that was.</param>
    public static ProcessWriters Find(MemoryMap map, Func<ulong, byte[], int> read)
    {
        var found = new List<FileWriters>();
        string? whyIncomplete = null;
        foreach (MappedRange range in map.Ranges.Where(IsCode))
        {
            var code = new byte[range.End - range.Start + WriterSearch.LongestInstruction];
            try
            {
                int length = Math.Min(read(range.Start, code), (int)(range.End - range.Start));
                IReadOnlyList<(int, RegisterWriter Writer)> writers = WriterSearch.Find(code, length);
                int restores = writers.Count(found => found.Writer == RegisterWriter.Restore);
                found.Add(new FileWriters(Path.GetFileName(range.Name), writers.Count - restores, restores));
            }
            catch (IOException refused)
            {
                whyIncomplete = $"{range} cannot be read ({refused.Message})";
            }
        }

        return new ProcessWriters(
            [
                .. found.GroupBy(file => file.File)
                    .Select(file => new FileWriters(file.Key, file.Sum(range => range.Writes), file.Sum(range => range.Restores)))
                    .Where(file => file.Writes + file.Restores > 0)
                    .OrderBy(file => file.File, StringComparer.Ordinal),
            ],
            whyIncomplete);
    }

    /// <summary>Readable and executable, in the lower half: [vsyscall] lies in the upper one, is the same on every machine, and has none.</summary>
    private static bool IsCode(MappedRange range) => range.Permissions.StartsWith('r') && range.Permissions.Contains('x', StringComparison.Ordinal) && range.End <= long.MaxValue;
}
