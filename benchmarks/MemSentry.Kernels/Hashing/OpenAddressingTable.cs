namespace MemSentry.Kernels.Hashing;

/// <summary>Lookups in an open-addressing hash table with linear probing, half of which fail. The size is the number of places, a power of two.</summary>
public sealed unsafe class OpenAddressingTable : Kernel
{
    private HashEntry* _entries;
    private ulong* _queries;
    private int _size;

    /// <inheritdoc/>
    public override long BytesFor(int size) => (long)size * (sizeof(HashEntry) + sizeof(ulong));

    /// <inheritdoc/>
    public override void Prepare(byte* memory, int size)
    {
        var random = new RandomSequence(5);
        _size = size;
        _entries = (HashEntry*)memory;
        _queries = (ulong*)(_entries + size);
        new Span<HashEntry>(_entries, size).Clear();
        for (int i = 0; i < size / 2; i++)
        {
            ulong key = random.Next() | 1;
            Insert(key, (ulong)i);
            _queries[2 * i] = key;
            _queries[(2 * i) + 1] = random.Next() | 1;
        }
    }

    /// <inheritdoc/>
    public override ulong Run()
    {
        ulong sum = 0;
        for (int i = 0; i < _size; i++)
        {
            HashEntry* found = Find(_queries[i]);
            sum += found == null ? 1 : found->Value;
        }

        return sum;
    }

    private HashEntry* Find(ulong key)
    {
        HashEntry* entries = _entries;
        int mask = _size - 1;
        for (int i = Place(key) & mask; entries[i].Key != 0; i = (i + 1) & mask)
        {
            if (entries[i].Key == key)
                return entries + i;
        }

        return null;
    }

    private void Insert(ulong key, ulong value)
    {
        int mask = _size - 1;
        int i = Place(key) & mask;
        while (_entries[i].Key != 0)
            i = (i + 1) & mask;

        _entries[i] = new HashEntry { Key = key, Value = value };
    }

    private static int Place(ulong key) => (int)((key * 11400714819323198485) >> 33);
}
