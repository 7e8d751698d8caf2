using System.Runtime.InteropServices;

namespace MemSentry.Domains;

/// <summary>A region of a domain of the method <c>crypt</c> that somebody has asked for in a window.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WindowedRegion
{
    /// <summary>Index of its descriptor.</summary>
    public uint Region;

    /// <summary>The window's next one, or the next free record; zero for none.</summary>
    public uint Next;
}
