using System.Runtime.InteropServices;

namespace MemSentry.Attacks.Running;

/// <summary>The system calls of <see cref="ForkedCall"/>.</summary>
internal static unsafe partial class LibC
{
    internal const int AdviceDoFork = 11;
    internal const int LimitOfCores = 4;
    internal const int StandardError = 2;
    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "fork")]
    internal static partial int Fork();

    [LibraryImport(Library, EntryPoint = "_exit")]
    internal static partial void Exit(int code);

    [LibraryImport(Library, EntryPoint = "alarm")]
    internal static partial uint Alarm(uint seconds);

    [LibraryImport(Library, EntryPoint = "waitpid", SetLastError = true)]
    internal static partial int Wait(int process, out int status, int options);

    [LibraryImport(Library, EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int CreateMemoryFile(string name, uint flags);

    [LibraryImport(Library, EntryPoint = "dup2", SetLastError = true)]
    internal static partial int Duplicate(int file, int target);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int file, ReadOnlySpan<byte> bytes, nint length);

    [LibraryImport(Library, EntryPoint = "madvise", SetLastError = true)]
    internal static partial int Advise(ulong address, ulong length, int advice);

    [LibraryImport(Library, EntryPoint = "setrlimit", SetLastError = true)]
    internal static partial int SetLimit(int resource, ulong* limits);
}
