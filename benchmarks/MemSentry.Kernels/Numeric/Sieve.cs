namespace MemSentry.Kernels.Numeric;

/// <summary>The sieve of Eratosthenes, one byte a number. The size is the number of numbers.</summary>
public sealed unsafe class Sieve : Kernel
{
    private byte* _composite;
    private int _size;

    /// <inheritdoc/>
    public override long BytesFor(int size) => size;

    /// <inheritdoc/>
    public override void Prepare(byte* memory, int size)
    {
        _composite = memory;
        _size = size;
    }

    /// <inheritdoc/>
    public override ulong Run()
    {
        byte* composite = _composite;
        int size = _size;
        new Span<byte>(composite, size).Clear();
        ulong sum = 0;
        for (int i = 2; i < size; i++)
        {
            if (composite[i] != 0)
                continue;

            sum = (sum * 3) + (ulong)i;
            for (long multiple = (long)i * i; multiple < size; multiple += i)
                composite[multiple] = 1;
        }

        return sum;
    }
}
