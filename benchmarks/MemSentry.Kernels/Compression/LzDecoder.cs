namespace MemSentry.Kernels.Compression;

/// <summary>
/// Decodes a format like LZ4's: a token with two lengths of four bits, literals, a distance of 16 bits, a match. The size is the number of decoded bytes.
/// </summary>
public sealed unsafe class LzDecoder : Kernel
{
    private const int MinimumMatch = 4;
    private byte* _input;
    private byte* _inputEnd;
    private byte* _output;
    private byte* _outputEnd;

    /// <inheritdoc/>
    public override long BytesFor(int size) => (3L * size) + 128;

    /// <inheritdoc/>
    public override void Prepare(byte* memory, int size)
    {
        var random = new RandomSequence(1);
        _output = memory;
        _outputEnd = memory + size;
        _input = _outputEnd + 64;
        byte* write = _input;
        int done = 0;
        while (size - done > 40)
        {
            int literals = done == 0 ? 15 : random.Below(16);
            int match = random.Below(16);
            *write++ = (byte)((literals << 4) | match);
            for (int i = 0; i < literals; i++)
                *write++ = (byte)('a' + random.Below(26));

            int distance = 1 + random.Below(Math.Min(done + literals, 4096));
            *(ushort*)write = (ushort)distance;
            write += sizeof(ushort);
            done += literals + match + MinimumMatch;
        }

        _inputEnd = write;
    }

    /// <inheritdoc/>
    public override ulong Run()
    {
        byte* end = Decode(_input, _inputEnd, _output, _outputEnd);
        return end == null ? 0 : Checksum.Of(_output, end - _output);
    }

    /// <summary>Decodes; null if the input is damaged.</summary>
    private static byte* Decode(byte* input, byte* inputEnd, byte* output, byte* outputEnd)
    {
        byte* start = output;
        while (input < inputEnd)
        {
            int token = *input++;
            int literals = token >> 4;
            if (literals > inputEnd - input || literals > outputEnd - output)
                return null;

            while (literals-- > 0)
                *output++ = *input++;

            int distance = *(ushort*)input;
            input += sizeof(ushort);
            int length = (token & 15) + MinimumMatch;
            if (distance > output - start || length > outputEnd - output)
                return null;

            for (byte* match = output - distance; length > 0; length--)
                *output++ = *match++;
        }

        return output;
    }
}
