using System.Runtime.InteropServices;
using MemSentry.Native.Faults;

namespace MemSentry.Native;

/// <summary>Every function of the C library that the project calls; nothing else imports native code.</summary>
internal static unsafe partial class LibC
{
    private const string Library = "libc";

    public const long SystemCallOpen = 2;
    public const long SystemCallReadAt = 17;
    public const long SystemCallMremap = 25;
    public const long SystemCallFileControl = 72;
    public const long SystemCallArchPrctl = 158;
    public const long SystemCallMemoryFile = 319;
    public const long SystemCallMlock2 = 325;
    public const long SystemCallKeyProtect = 329;
    public const long SystemCallKeyAllocate = 330;
    public const long SystemCallKeyFree = 331;
    public const long SystemCallSecretMemory = 447;
    public const long SystemCallMseal = 462;

    public static readonly void* MapFailed = (void*)-1;

    [LibraryImport(Library, EntryPoint = "mmap", SetLastError = true)]
    public static partial void* Map(void* address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport(Library, EntryPoint = "munmap", SetLastError = true)]
    public static partial int Unmap(void* address, nuint length);

    [LibraryImport(Library, EntryPoint = "mprotect", SetLastError = true)]
    public static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport(Library, EntryPoint = "madvise", SetLastError = true)]
    public static partial int Advise(void* address, nuint length, int advice);

    [LibraryImport(Library, EntryPoint = "ftruncate", SetLastError = true)]
    public static partial int SetLength(int file, long length);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int file);

    [LibraryImport(Library, EntryPoint = "munlock", SetLastError = true)]
    public static partial int Unlock(void* address, nuint length);

    [LibraryImport(Library, EntryPoint = "mincore", SetLastError = true)]
    public static partial int IsInCore(void* address, nuint length, byte* result);

    [LibraryImport(Library, EntryPoint = "getrlimit", SetLastError = true)]
    public static partial int GetResourceLimit(int resource, ulong* softAndHard);

    [LibraryImport(Library, EntryPoint = "getrandom", SetLastError = true)]
    public static partial nint GetRandom(void* buffer, nuint length, uint flags);

    [LibraryImport(Library, EntryPoint = "sigaction", SetLastError = true)]
    public static partial int ChangeSignalAction(int signal, SignalAction* action, SignalAction* old);

    /// <summary>The kernel answers at once, so the garbage collector need not know of the call.</summary>
    [LibraryImport(Library, EntryPoint = "gettid")]
    [SuppressGCTransition]
    public static partial int GetThreadId();

    /// <summary>Calls without a wrapper in older C libraries (memfd_create, mlock2, mseal, those of protection keys), with a variable number of
    /// arguments (open, fcntl) or without any (arch_prctl).</summary>
    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    public static partial long SystemCall(long number, nuint first, nuint second, nuint third);

    /// <summary>The same with a fourth argument.</summary>
    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    public static partial long SystemCall(long number, nuint first, nuint second, nuint third, nuint fourth);

    /// <summary>The same with a fifth argument.</summary>
    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    public static partial long SystemCall(long number, nuint first, nuint second, nuint third, nuint fourth, nuint fifth);
}
