using System.Runtime.InteropServices;

namespace MemSentry.Runtime.Probe;

/// <summary>Capabilities of the calling thread (capabilities(7)).</summary>
internal static unsafe partial class Capabilities
{
    private const long SystemCallCapset = 126;
    private const uint Version3 = 0x20080522;

    /// <summary>Allowed to everyone; other threads keep theirs.</summary>
    public static void DropAllOnThisThread()
    {
        uint* header = stackalloc uint[2] { Version3, 0 };
        uint* none = stackalloc uint[6];
        new Span<uint>(none, 6).Clear();
        if (SystemCall(SystemCallCapset, header, none) != 0)
        {
            throw new InvalidOperationException("The scenario could not be set up: capset was refused.");
        }
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial long SystemCall(long number, void* first, void* second);
}
