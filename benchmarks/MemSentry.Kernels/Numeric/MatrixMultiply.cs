namespace MemSentry.Kernels.Numeric;

/// <summary>The product of two square matrices of doubles, row by row. The size is the number of rows.</summary>
public sealed unsafe class MatrixMultiply : Kernel
{
    private double* _a;
    private double* _b;
    private double* _product;
    private int _size;

    /// <inheritdoc/>
    public override long BytesFor(int size) => 3L * size * size * sizeof(double);

    /// <inheritdoc/>
    public override void Prepare(byte* memory, int size)
    {
        var random = new RandomSequence(14);
        _size = size;
        _a = (double*)memory;
        _b = _a + (size * size);
        _product = _b + (size * size);
        for (int i = 0; i < 2 * size * size; i++)
            _a[i] = random.Below(1000) / 8.0;
    }

    /// <inheritdoc/>
    public override ulong Run()
    {
        Multiply(_a, _b, _product, _size);
        return Checksum.Of(_product, (long)_size * _size * sizeof(double));
    }

    private static void Multiply(double* a, double* b, double* product, int n)
    {
        for (int row = 0; row < n; row++)
        {
            for (int column = 0; column < n; column++)
                product[(row * n) + column] = 0;

            for (int k = 0; k < n; k++)
            {
                double factor = a[(row * n) + k];
                for (int column = 0; column < n; column++)
                    product[(row * n) + column] += factor * b[(k * n) + column];
            }
        }
    }
}
