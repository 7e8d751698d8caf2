using System.Runtime.InteropServices;

namespace MemSentry.Domains;

/// <summary>The windows of one thread.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ThreadWindows
{
    /// <summary>The kernel's number of the thread; zero if the place is free.</summary>
    public int Thread;

    /// <summary>Its newest window; zero for none.</summary>
    public uint First;
}
