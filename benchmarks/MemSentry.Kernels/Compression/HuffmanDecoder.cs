namespace MemSentry.Kernels.Compression;

/// <summary>Decodes a prefix code by a table over the next eight bits: symbol and length of the code. The size is the number of symbols.</summary>
public sealed unsafe class HuffmanDecoder : Kernel
{
    private const int TableBits = 8;

    // Lengths of the codes of eight symbols, from the most frequent on; the sum of 2^-length is 1.
    private static ReadOnlySpan<byte> Lengths => [1, 2, 3, 4, 5, 6, 7, 7];

    private byte* _output;
    private ushort* _table;
    private byte* _input;
    private int _size;

    /// <inheritdoc/>
    public override long BytesFor(int size) => (2L * size) + (sizeof(ushort) << TableBits) + 128;

    /// <inheritdoc/>
    public override void Prepare(byte* memory, int size)
    {
        _size = size;
        _table = (ushort*)memory;
        _output = memory + (sizeof(ushort) << TableBits);
        _input = _output + size;
        var codes = stackalloc int[Lengths.Length];
        int entry = 0;
        for (int symbol = 0; symbol < Lengths.Length; symbol++)
        {
            codes[symbol] = entry >> (TableBits - Lengths[symbol]);
            for (int i = 0; i < 1 << (TableBits - Lengths[symbol]); i++)
                _table[entry++] = (ushort)((symbol << TableBits) | Lengths[symbol]);
        }

        var random = new RandomSequence(2);
        ulong bits = 0;
        int count = 0;
        byte* write = _input;
        for (int i = 0; i < size; i++)
        {
            int symbol = Math.Min((int)ulong.LeadingZeroCount(random.Next()), Lengths.Length - 1);
            bits = (bits << Lengths[symbol]) | (uint)codes[symbol];
            for (count += Lengths[symbol]; count >= 8; count -= 8)
                *write++ = (byte)(bits >> (count - 8));
        }

        *write = (byte)(bits << (8 - count));
    }

    /// <inheritdoc/>
    public override ulong Run()
    {
        byte* input = _input;
        byte* output = _output;
        byte* end = output + _size;
        ushort* table = _table;
        uint bits = 0;
        int count = 0;
        while (output < end)
        {
            if (count < TableBits)
            {
                bits = (bits << 8) | *input++;
                count += 8;
            }

            int entry = table[(bits >> (count - TableBits)) & ((1 << TableBits) - 1)];
            *output++ = (byte)(entry >> TableBits);
            count -= entry & ((1 << TableBits) - 1);
        }

        return Checksum.Of(_output, _size);
    }
}
