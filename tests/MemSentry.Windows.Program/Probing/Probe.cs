using System.Runtime.InteropServices;

namespace MemSentry.Windows.Program.Probing;

/// <summary>
/// Looks from code that is not whitelisted whether the region is open. It asks the kernel to copy a byte of it to a file in memory, which fails where an access
/// of the program's own would kill.
/// </summary>
internal static partial class Probe
{
    private static readonly int File = CreateFile("probe", 0);
    private static int _looks;
    private static int _leaks;

    /// <summary>How often it has looked.</summary>
    public static int Looks => Volatile.Read(ref _looks);

    /// <summary>How often the region was open.</summary>
    public static int Leaks => Volatile.Read(ref _leaks);

    /// <summary>Whether an address is open.</summary>
    public static bool IsOpen(nint address) => WriteAt(File, address, 1, 0) == 1;

    /// <summary>Looks where the region has to be closed, and says so if it is not.</summary>
    public static void Look(string place)
    {
        Interlocked.Increment(ref _looks);
        if (IsOpen(Secret.Address))
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
