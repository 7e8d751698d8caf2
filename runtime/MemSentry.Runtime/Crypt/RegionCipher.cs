using System.Runtime.InteropServices;

namespace MemSentry.Crypt;

/// <summary>
/// How a region of the arena is opened and closed: its stubs, in the arena's records, where nobody else can write. A copy of the runtime opens what another one
/// has allocated.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RegionCipher
{
    /// <summary>Opens the region; answers a <see cref="Native.Crypt.CryptResult"/>.</summary>
    public delegate* unmanaged<int> Open;

    /// <summary>Closes it.</summary>
    public delegate* unmanaged<int> Close;

    /// <summary>First byte of the pages with the code, and the keys in it.</summary>
    public ulong Code;

    /// <summary>Bytes of those pages.</summary>
    public ulong CodeLength;

    /// <summary>Where the tag of the last close can be read; zero if the region is not authenticated.</summary>
    public ulong TagAddress;

    /// <summary>The descriptor by which the kernel writes the tag.</summary>
    public int TagFile;

    /// <summary>Where in that file, in bytes.</summary>
    public int TagOffset;
}
