namespace MemSentry.Native.Images;

/// <summary>What a loaded image tells the loader: where it lies, and its tables (the segment PT_DYNAMIC).</summary>
internal sealed class DynamicSection
{
    private readonly LoadedImage _image;
    private readonly Dictionary<ulong, ulong> _entries = [];

    private DynamicSection(LoadedImage image, ulong bias) => (_image, Bias) = (image, bias);

    /// <summary>What the loader has added to the addresses in the file.</summary>
    public ulong Bias { get; }

    /// <summary>Reads it.</summary>
    /// <exception cref="BadImageFormatException">The image has none, or is none of this machine.</exception>
    public static DynamicSection Read(LoadedImage image)
    {
        if (image.Read<uint>(image.Start) != ElfLayout.Magic || image.Read<ushort>(image.Start + ElfLayout.MachineOffset) != ElfLayout.Machine)
        {
            throw new BadImageFormatException($"{image.Path} is no program or library of x86-64");
        }

        ulong[] headers = [.. ProgramHeaders(image)];
        ulong bias = image.Start - (headers
            .Where(header => image.Read<uint>(header) == ElfLayout.Load)
            .Select(header => image.Read<ulong>(header + ElfLayout.SegmentAddress))
            .DefaultIfEmpty().Min() & ~0xfffUL);
        ulong dynamic = headers.FirstOrDefault(header => image.Read<uint>(header) == ElfLayout.Dynamic);
        if (dynamic == 0)
        {
            throw new BadImageFormatException($"{image.Path} is linked with nothing (it has no segment PT_DYNAMIC)");
        }

        var section = new DynamicSection(image, bias);
        section.ReadEntries(bias + image.Read<ulong>(dynamic + ElfLayout.SegmentAddress), image.Read<ulong>(dynamic + ElfLayout.SegmentLength));
        return section;
    }

    /// <summary>A number; 0 if the image does not give it.</summary>
    public ulong Number(ulong tag) => _entries.GetValueOrDefault(tag);

    /// <summary>An address in memory; 0 if the image does not give it. The GNU C library has added the bias already where it could write, musl has not.</summary>
    public ulong Address(ulong tag) => Number(tag) switch
    {
        0 => 0,
        var value when value < _image.Start => value + Bias,
        var value => value,
    };

    private static IEnumerable<ulong> ProgramHeaders(LoadedImage image)
    {
        ulong first = image.Start + image.Read<ulong>(image.Start + ElfLayout.ProgramHeadersOffset);
        ulong length = image.Read<ushort>(image.Start + ElfLayout.ProgramHeaderLengthOffset);
        for (ulong i = 0; i < image.Read<ushort>(image.Start + ElfLayout.ProgramHeaderCountOffset); i++)
        {
            yield return first + (i * length);
        }
    }

    private void ReadEntries(ulong start, ulong length)
    {
        for (ulong at = start; at < start + length; at += ElfLayout.DynamicEntryLength)
        {
            ulong tag = _image.Read<ulong>(at);
            if (tag == 0)
            {
                return;
            }

            _entries[tag] = _image.Read<ulong>(at + 8);
        }
    }
}
