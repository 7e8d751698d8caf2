using System.Runtime.InteropServices;

namespace MemSentry.Fuzzing.Running;

/// <summary>The system calls of a runner.</summary>
internal static unsafe partial class LibC
{
    internal const int ReadWrite = 1 | 2;
    internal const int PrivateAnonymous = 0x2 | 0x20;
    internal const int Fixed = 0x10;
    internal const int FixedNoReplace = 0x100000;
    internal const int NoNewPrivileges = 38;
    internal const long Seccomp = 317;
    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "mmap", SetLastError = true)]
    internal static partial nint Map(nint address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport(Library, EntryPoint = "munmap", SetLastError = true)]
    internal static partial int Unmap(nint address, nuint length);

    [LibraryImport(Library, EntryPoint = "prctl", SetLastError = true)]
    internal static partial int Control(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    internal static partial long SystemCall(long number, nuint first, nuint second, void* third);
}
