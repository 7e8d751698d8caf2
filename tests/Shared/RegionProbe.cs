using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MemSentry.Tests;

/// <summary>
/// Says from code that is not whitelisted whether a region is open. It asks the kernel to copy some bytes of it to a file in memory, which fails where an access
/// of the program's own would kill. Under crypt everybody may read them, so it looks whether they are text: all regions repeat one byte from the 16th to the 31st,
/// which no ciphertext does but with a probability of 2^-120.
/// </summary>
internal static unsafe partial class RegionProbe
{
    private const int Read = 32;

    private static readonly int File = CreateFile("probe", 0);

    /// <summary>Whether closed regions of the default domain are ciphertext.</summary>
    public static bool MeetsCiphertext { get; } = MemSentryRuntime.Status.Methods.Contains("crypt");

    /// <summary>Whether closed regions are closed by a key, for each thread.</summary>
    public static bool MeetsKeys { get; } = MemSentryRuntime.Status.Methods.Contains("mpk");

    /// <summary>Whether a region is open, under mpk for this thread.</summary>
    public static bool IsOpen(nint address) => MeetsKeys ? KeyProbe.HasAnyOpen : CanBeRead(address) && (!MeetsCiphertext || IsText(address));

    /// <summary>Whether a page is open to the kernel's copies.</summary>
    public static bool CanBeRead(nint address) => WriteAt(File, address, Read, 0) == Read;

    /// <summary>Whether a region that can be read is not ciphertext.</summary>
    public static bool IsText(nint address)
    {
        Vector128<byte> tail = Vector128.Load((byte*)address + 16);
        return tail == Vector128.Create(tail[0]);
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateFile(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "pwrite")]
    private static partial nint WriteAt(int file, nint from, nuint length, long offset);
}
