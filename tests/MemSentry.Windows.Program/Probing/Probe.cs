using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MemSentry.Windows.Program.Probing;

/// <summary>
/// Looks from code that is not whitelisted whether the region is open. It asks the kernel to copy some bytes of it to a file in memory, which fails where an access
/// of the program's own would kill. Under crypt everybody may read them, so it looks whether they are text: all regions repeat one byte from the 16th to the 31st,
/// which no ciphertext does but with a probability of 2^-120.
/// </summary>
internal static unsafe partial class Probe
{
    private const int Read = 32;

    private static readonly int File = CreateFile("probe", 0);
    private static int _looks;
    private static int _leaks;

    /// <summary>How often it has looked.</summary>
    public static int Looks => Volatile.Read(ref _looks);

    /// <summary>How often the region was open.</summary>
    public static int Leaks => Volatile.Read(ref _leaks);

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

    /// <summary>Looks where the region has to be closed, and says so if it is not.</summary>
    public static void Look(string place)
    {
        Look(place, Secret.Address);
    }

    /// <summary>The same for another region.</summary>
    public static void Look(string place, nint address)
    {
        Interlocked.Increment(ref _looks);
        if (IsOpen(address))
        {
            Interlocked.Increment(ref _leaks);
            Console.WriteLine($"OPEN in {place}");
        }
    }

    /// <summary>The exit code of a fact: whatever was seen has been printed.</summary>
    public static int Verdict(int atLeast)
    {
        Console.WriteLine($"{Looks} looks, {Leaks} leaks");
        return Leaks == 0 && Looks >= atLeast ? 0 : 1;
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateFile(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "pwrite")]
    private static partial nint WriteAt(int file, nint from, nuint length, long offset);
}
