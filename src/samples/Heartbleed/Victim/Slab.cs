using System.Runtime.InteropServices;

namespace Heartbleed.Victim;

/// <summary>One native block that hands out neighbouring pieces, as servers do that want no allocation per connection.</summary>
internal sealed unsafe class Slab(int size)
{
    private readonly byte* _start = (byte*)NativeMemory.AllocZeroed((nuint)size);
    private int _used;

    public byte* Take(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, size - _used);
        byte* piece = _start + _used;
        _used += (bytes + 15) & ~15;
        return piece;
    }
}
