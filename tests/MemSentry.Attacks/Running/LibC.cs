using System.Runtime.InteropServices;

namespace MemSentry.Attacks.Running;

/// <summary>The system calls of <see cref="ForkedCall"/>.</summary>
internal static unsafe partial class LibC
{
    internal const int AdviceDoFork = 11;
    internal const int LimitOfCores = 4;
    internal const int StandardError = 2;
    internal const int Kill = 9;
    internal const int Interrupted = 4;
    internal const nint OpenProcess = 434;
    private const string Library = "libc";

    // Without a transition the collector cannot be at work in the moment of the fork.
    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "fork")]
    internal static partial int Fork();

    [LibraryImport(Library, EntryPoint = "_exit")]
    internal static partial void Exit(int code);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    internal static partial int SystemCall(nint number, nint first, nint second);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport(Library, EntryPoint = "kill", SetLastError = true)]
    internal static partial int Signal(int process, int signal);

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

    /// <summary><c>struct pollfd</c>.</summary>
    internal struct PollEntry
    {
        internal int File;
        internal short Events;
        internal short Returned;
    }
}
