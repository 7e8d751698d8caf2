namespace MemSentry.Kernels.Hashing;

/// <summary>FNV-1a over each line of a text: one byte at a time. The size is the number of bytes.</summary>
public sealed unsafe class Fnv1aHash : Kernel
{
    private byte* _text;
    private byte* _end;

    /// <inheritdoc/>
    public override long BytesFor(int size) => size;

    /// <inheritdoc/>
    public override void Prepare(byte* memory, int size)
    {
        var random = new RandomSequence(3);
        _text = memory;
        _end = memory + size;
        for (byte* p = _text; p < _end; p++)
            *p = random.Below(60) == 0 ? (byte)'\n' : (byte)(' ' + random.Below(90));
    }

    /// <inheritdoc/>
    public override ulong Run()
    {
        ulong sum = 0;
        for (byte* line = _text; line < _end;)
        {
            byte* end = line;
            while (end < _end && *end != '\n')
                end++;

            sum = (sum * 31) + Hash(line, (int)(end - line));
            line = end + 1;
        }

        return sum;
    }

    private static uint Hash(byte* data, int length)
    {
        uint hash = 2166136261;
        for (int i = 0; i < length; i++)
            hash = (hash ^ data[i]) * 16777619;

        return hash;
    }
}
