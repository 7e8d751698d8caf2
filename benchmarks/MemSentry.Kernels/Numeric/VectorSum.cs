using System.Runtime.Intrinsics;

namespace MemSentry.Kernels.Numeric;

/// <summary>The sum of integers, eight at a time. The size is the number of integers, a multiple of 16.</summary>
public sealed unsafe class VectorSum : Kernel
{
    private int* _numbers;
    private int _size;

    /// <inheritdoc/>
    public override long BytesFor(int size) => (long)size * sizeof(int);

    /// <inheritdoc/>
    public override void Prepare(byte* memory, int size)
    {
        var random = new RandomSequence(16);
        _size = size;
        _numbers = (int*)memory;
        for (int i = 0; i < size; i++)
            _numbers[i] = random.Below(1000);
    }

    /// <inheritdoc/>
    public override ulong Run() => (ulong)Sum(_numbers, _size);

    private static int Sum(int* numbers, int count)
    {
        Vector256<int> even = Vector256<int>.Zero;
        Vector256<int> odd = Vector256<int>.Zero;
        for (int i = 0; i <= count - 16; i += 16)
        {
            even += Vector256.Load(numbers + i);
            odd += Vector256.Load(numbers + i + 8);
        }

        return Vector256.Sum(even + odd);
    }
}
