namespace MemSentry.Kernels.Numeric;

/// <summary>Sorts random integers: quicksort around the middle, insertion sort for short runs. The size is the number of integers.</summary>
public sealed unsafe class QuickSort : Kernel
{
    private const int ShortRun = 16;
    private int* _unsorted;
    private int* _sorted;
    private int _size;

    /// <inheritdoc/>
    public override long BytesFor(int size) => 2L * size * sizeof(int);

    /// <inheritdoc/>
    public override void Prepare(byte* memory, int size)
    {
        var random = new RandomSequence(13);
        _size = size;
        _unsorted = (int*)memory;
        _sorted = _unsorted + size;
        for (int i = 0; i < size; i++)
            _unsorted[i] = (int)random.Next();
    }

    /// <inheritdoc/>
    public override ulong Run()
    {
        for (int i = 0; i < _size; i++)
            _sorted[i] = _unsorted[i];

        Sort(_sorted, _sorted + _size - 1);
        return Checksum.Of(_sorted, (long)_size * sizeof(int));
    }

    private static void Sort(int* first, int* last)
    {
        while (last - first > ShortRun)
        {
            int pivot = first[(last - first) / 2];
            int* left = first;
            int* right = last;
            while (left <= right)
            {
                while (*left < pivot)
                    left++;

                while (*right > pivot)
                    right--;

                if (left <= right)
                {
                    int exchanged = *left;
                    *left++ = *right;
                    *right-- = exchanged;
                }
            }

            Sort(first, right);
            first = left;
        }

        for (int* next = first + 1; next <= last; next++)
        {
            int value = *next;
            int* place = next;
            for (; place > first && place[-1] > value; place--)
                *place = place[-1];

            *place = value;
        }
    }
}
