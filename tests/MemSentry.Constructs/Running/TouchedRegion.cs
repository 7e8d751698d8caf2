using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace MemSentry.Constructs.Running;

/// <summary>
/// The safe region that every whitelisted member of the fixtures touches (<see cref="Building.RegionTouches"/>), and who looks at it from outside. It is closed
/// unless a window is open: nobody here is woven.
/// </summary>
public static unsafe partial class TouchedRegion
{
    /// <summary>What a touch stores in the first word: few bits, so that hardly a ciphertext consists of them.</summary>
    public const long Mark = 0x0101_0101_0101_0101;

    /// <summary>Which bits touches have found that nobody stored: closed regions of the method <c>crypt</c> have some.</summary>
    [SuppressMessage("Usage", "CA2211:Non-constant fields should not be visible", Justification = "Code that is inserted into fixtures adds to it, and must call nobody for that.")]
    public static long Mistakes;

    /// <summary>How often the region was touched: at least, because threads do not wait for each other.</summary>
    [SuppressMessage("Usage", "CA2211:Non-constant fields should not be visible", Justification = "See above.")]
    public static long Touches;

    /// <summary>The region.</summary>
    [SuppressMessage("Usage", "CA2211:Non-constant fields should not be visible", Justification = "See above.")]
    public static readonly SafeRegion Region = SafeRegion.Allocate(64, new() { Name = "touched" });

    // Windows of other threads may be open for a moment longer: a window that nobody closes is open for good.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly int File = CreateFile("probe", 0);

    /// <summary>Whether the region is there, and becomes closed.</summary>
    public static bool IsClosed() => SpinWait.SpinUntil(() => !IsOpen(), Patience);

    /// <summary>
    /// Whether somebody who is not whitelisted gets the text. The kernel is asked to copy it, which fails where an access of our own would kill; under <c>crypt</c> it
    /// copies ciphertext.
    /// </summary>
    private static bool IsOpen()
    {
        const int Words = 2;
        byte* start = Region.Pointer;
        long* words = stackalloc long[Words];
        return WriteAt(File, start, Words * sizeof(long), 0) == Words * sizeof(long)
            && ReadAt(File, words, Words * sizeof(long), 0) == Words * sizeof(long)
            && (words[0] & ~Mark) == 0 && words[1] == 0;
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateFile(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "pwrite")]
    private static partial nint WriteAt(int file, void* from, nuint length, long offset);

    [LibraryImport("libc", EntryPoint = "pread")]
    private static partial nint ReadAt(int file, void* to, nuint length, long offset);
}
