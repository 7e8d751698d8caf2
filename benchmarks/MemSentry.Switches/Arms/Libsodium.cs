using System.Runtime.InteropServices;

namespace MemSentry.Switches.Arms;

/// <summary>The guarded memory of libsodium, which applications open and close around each use.</summary>
internal static unsafe partial class Libsodium
{
    /// <summary>What ratios call it.</summary>
    public const string Name = "libsodium";

    private const string Library = "libsodium.so.23";

    /// <summary>Whether there is one to compare with.</summary>
    public static bool IsInstalled { get; } = NativeLibrary.TryLoad(Library, out _);

    /// <summary>Allocates, writes what will be read, and closes.</summary>
    /// <exception cref="PlatformNotSupportedException">The library is not installed, or refuses.</exception>
    public static Arm Create()
    {
        try
        {
            if (Initialize() < 0)
                throw new PlatformNotSupportedException("libsodium does not start.");
        }
        catch (DllNotFoundException missing)
        {
            throw new PlatformNotSupportedException("libsodium is not installed; 'build/figures.sh prepare' installs it on Debian (apt-get install libsodium23).", missing);
        }

        var memory = (ulong*)Allocate(sizeof(ulong));
        if (memory is null)
            throw new PlatformNotSupportedException("libsodium has no memory to give.");

        *memory = Arm.Content;
        Check(Close(memory));
        return new Arm(Name, "sodium_mprotect_readonly, sodium_mprotect_noaccess", () => Read(memory));
    }

    private static ulong Read(ulong* memory)
    {
        Check(OpenToRead(memory));
        ulong value = *memory;
        Check(Close(memory));
        return value;
    }

    private static void Check(int result)
    {
        if (result != 0)
            throw new PlatformNotSupportedException("libsodium could not change the rights of its memory.");
    }

    [LibraryImport(Library, EntryPoint = "sodium_init")]
    private static partial int Initialize();

    [LibraryImport(Library, EntryPoint = "sodium_malloc")]
    private static partial void* Allocate(nuint size);

    [LibraryImport(Library, EntryPoint = "sodium_mprotect_readonly")]
    private static partial int OpenToRead(void* memory);

    [LibraryImport(Library, EntryPoint = "sodium_mprotect_noaccess")]
    private static partial int Close(void* memory);
}
