namespace MemSentry.Kernels.Text;

/// <summary>UTF-8 to UTF-16, with sequences of one to four bytes. The size is the number of code points.</summary>
public sealed unsafe class Utf8Transcoder : Kernel
{
    private char* _output;
    private byte* _input;
    private byte* _inputEnd;

    /// <inheritdoc/>
    public override long BytesFor(int size) => 8L * size;

    /// <inheritdoc/>
    public override void Prepare(byte* memory, int size)
    {
        var random = new RandomSequence(10);
        _output = (char*)memory;
        _input = memory + (4L * size);
        byte* write = _input;
        for (int i = 0; i < size; i++)
        {
            int point = random.Below(8) switch { 0 => 0x80 + random.Below(0x700), 1 => 0x4E00 + random.Below(0x5000), 2 => 0x1F300 + random.Below(0x300), _ => 0x20 + random.Below(0x5F) };
            write += System.Text.Encoding.UTF8.GetBytes(char.ConvertFromUtf32(point), new Span<byte>(write, 4));
        }

        _inputEnd = write;
    }

    /// <inheritdoc/>
    public override ulong Run()
    {
        char* end = Transcode(_input, _inputEnd, _output);
        return end == null ? 0 : Checksum.Of(_output, (end - _output) * sizeof(char));
    }

    /// <summary>Transcodes; null if the input is damaged.</summary>
    private static char* Transcode(byte* input, byte* inputEnd, char* output)
    {
        while (input < inputEnd)
        {
            uint lead = *input++;
            if (lead < 0x80)
            {
                *output++ = (char)lead;
                continue;
            }

            int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
            if (lead < 0xC2 || lead > 0xF4 || more > inputEnd - input)
                return null;

            uint point = lead & (0x3Fu >> more);
            for (int i = 0; i < more; i++)
                point = (point << 6) | (*input++ & 0x3Fu);

            if (point >= 0x10000)
            {
                *output++ = (char)(0xD7C0 + (point >> 10));
                point = 0xDC00 | (point & 0x3FF);
            }

            *output++ = (char)point;
        }

        return output;
    }
}
