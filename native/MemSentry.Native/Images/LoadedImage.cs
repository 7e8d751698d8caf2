using System.Runtime.CompilerServices;
using System.Text;

namespace MemSentry.Native.Images;

/// <summary>A program or library as the loader has mapped it. Whatever does not lie in its own mappings is not read.</summary>
internal sealed unsafe class LoadedImage
{
    private const int LongestName = 4096;

    private readonly IReadOnlyList<MappedRange> _ranges;

    private LoadedImage(IReadOnlyList<MappedRange> ranges) => _ranges = ranges;

    /// <summary>Path of the file.</summary>
    public string Path => _ranges[0].Name;

    /// <summary>Where its file header lies.</summary>
    public ulong Start => _ranges[0].Start;

    /// <summary>
    /// The image of a file; <see langword="null"/> if it is not loaded. A file that is only mapped to be read has no code that can be executed, and does not count.
    /// </summary>
    /// <param name="map">What is mapped.</param>
    /// <param name="file">Its name without folder, or its path.</param>
    public static LoadedImage? Find(MemoryMap map, string file)
    {
        List<List<MappedRange>> mappings = [];
        foreach (MappedRange range in map.Ranges.Where(range => range.Name == file || System.IO.Path.GetFileName(range.Name) == file))
        {
            if (IsReadable(range) && *(uint*)range.Start == ElfLayout.Magic)
            {
                mappings.Add([]);
            }

            mappings.LastOrDefault()?.Add(range);
        }

        return mappings.Find(ranges => ranges.Exists(range => range.Permissions.Contains('x', StringComparison.Ordinal))) is { } found ? new LoadedImage(found) : null;
    }

    /// <summary>Reads a number.</summary>
    /// <exception cref="BadImageFormatException">It does not lie in the image.</exception>
    public T Read<T>(ulong address)
        where T : unmanaged
    {
        Demand(address, (ulong)sizeof(T));
        return Unsafe.ReadUnaligned<T>((void*)address);
    }

    /// <summary>Reads a name, which ends with a zero.</summary>
    /// <exception cref="BadImageFormatException">It does not lie in the image.</exception>
    public string ReadName(ulong address)
    {
        var name = new List<byte>();
        while (Read<byte>(address + (ulong)name.Count) is var letter and not 0 && name.Count < LongestName)
        {
            name.Add(letter);
        }

        return Encoding.UTF8.GetString([.. name]);
    }

    private static bool IsReadable(MappedRange range) => range.Permissions.StartsWith('r');

    private void Demand(ulong address, ulong length)
    {
        if (!_ranges.Any(range => IsReadable(range) && range.Start <= address && address <= range.End - length))
        {
            throw new BadImageFormatException($"{Path} names an address outside itself (0x{address:x})");
        }
    }
}
