using System.Numerics;

namespace MemSentry.Kernels.Hashing;

/// <summary>XXH64's main loop and a short end: four lanes of 64 bits. The size is the number of bytes, a multiple of 32.</summary>
public sealed unsafe class XxHash64 : Kernel
{
    private const ulong Prime1 = 11400714785074694791;
    private const ulong Prime2 = 14029467366897019727;
    private const ulong Prime3 = 1609587929392839161;
    private const ulong Prime4 = 9650029242287828579;
    private byte* _data;
    private int _size;

    /// <inheritdoc/>
    public override long BytesFor(int size) => size;

    /// <inheritdoc/>
    public override void Prepare(byte* memory, int size)
    {
        var random = new RandomSequence(4);
        _data = memory;
        _size = size;
        for (int i = 0; i < size / sizeof(ulong); i++)
            ((ulong*)memory)[i] = random.Next();
    }

    /// <inheritdoc/>
    public override ulong Run() => Hash(_data, _size, 0);

    private static ulong Hash(byte* data, int length, ulong seed)
    {
        ulong a = seed + Prime1 + Prime2;
        ulong b = seed + Prime2;
        ulong c = seed;
        ulong d = seed - Prime1;
        byte* end = data + length;
        while (data <= end - 32)
        {
            a = Round(a, *(ulong*)data);
            b = Round(b, *(ulong*)(data + 8));
            c = Round(c, *(ulong*)(data + 16));
            d = Round(d, *(ulong*)(data + 24));
            data += 32;
        }

        ulong hash = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7) + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
        hash = (Merge(Merge(Merge(Merge(hash, a), b), c), d)) + (ulong)length;
        hash = (hash ^ (hash >> 33)) * Prime2;
        hash = (hash ^ (hash >> 29)) * Prime3;
        return hash ^ (hash >> 32);
    }

    private static ulong Round(ulong lane, ulong input) => BitOperations.RotateLeft(lane + (input * Prime2), 31) * Prime1;

    private static ulong Merge(ulong hash, ulong lane) => ((hash ^ Round(0, lane)) * Prime1) + Prime4;
}
