namespace MemSentry.Kernels.Numeric;

/// <summary>A blur of three by three pixels of eight bits. The size is the width and height of the image.</summary>
public sealed unsafe class Convolution : Kernel
{
    private byte* _source;
    private byte* _target;
    private int _size;

    /// <inheritdoc/>
    public override long BytesFor(int size) => 2L * size * size;

    /// <inheritdoc/>
    public override void Prepare(byte* memory, int size)
    {
        var random = new RandomSequence(15);
        _size = size;
        _source = memory;
        _target = memory + (size * size);
        for (int i = 0; i < size * size; i++)
            (_source[i], _target[i]) = ((byte)random.Next(), 0);
    }

    /// <inheritdoc/>
    public override ulong Run()
    {
        Blur(_source, _target, _size, _size, _size);
        return Checksum.Of(_target, (long)_size * _size);
    }

    private static void Blur(byte* source, byte* target, int width, int height, int stride)
    {
        for (int y = 1; y < height - 1; y++)
        {
            byte* above = source + ((y - 1) * stride);
            byte* row = above + stride;
            byte* below = row + stride;
            byte* written = target + (y * stride);
            for (int x = 1; x < width - 1; x++)
            {
                int sum = above[x - 1] + (2 * above[x]) + above[x + 1];
                sum += (2 * row[x - 1]) + (4 * row[x]) + (2 * row[x + 1]);
                sum += below[x - 1] + (2 * below[x]) + below[x + 1];
                written[x] = (byte)(sum >> 4);
            }
        }
    }
}
