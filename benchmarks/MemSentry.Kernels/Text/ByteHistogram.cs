namespace MemSentry.Kernels.Text;

/// <summary>Counts how often each byte occurs. The size is the number of bytes.</summary>
public sealed unsafe class ByteHistogram : Kernel
{
    private int* _counts;
    private byte* _data;
    private int _size;

    /// <inheritdoc/>
    public override long BytesFor(int size) => (256L * sizeof(int)) + size;

    /// <inheritdoc/>
    public override void Prepare(byte* memory, int size)
    {
        var random = new RandomSequence(9);
        _size = size;
        _counts = (int*)memory;
        _data = memory + (256 * sizeof(int));
        for (int i = 0; i < size; i++)
            _data[i] = (byte)random.Next();
    }

    /// <inheritdoc/>
    public override ulong Run()
    {
        new Span<int>(_counts, 256).Clear();
        Count(_data, _size, _counts);
        return Checksum.Of(_counts, 256 * sizeof(int));
    }

    private static void Count(byte* data, int length, int* counts)
    {
        for (int i = 0; i < length; i++)
            counts[data[i]]++;
    }
}
