using System.Runtime.InteropServices;

namespace MemSentry.Tests;

/// <summary>
/// Reads the register of protection keys of this thread by code of its own. Under mpk the kernel cannot read a region for anybody, and each thread has rights of its
/// own, so a window that was left open shows there and nowhere else.
/// </summary>
internal static unsafe partial class KeyProbe
{
    private const uint AllClosed = 0x5555_5554;

    // xor ecx, ecx; rdpkru; ret
    private static ReadOnlySpan<byte> Code => [0x31, 0xc9, 0x0f, 0x01, 0xee, 0xc3];

    private static readonly delegate* unmanaged<uint> Register = Make();

    /// <summary>Whether this thread may read pages of any key.</summary>
    public static bool HasAnyOpen => (Register() & AllClosed) != AllClosed;

    private static delegate* unmanaged<uint> Make()
    {
        const int readWrite = 3;
        const int readExecute = 5;
        const int privateAnonymous = 0x22;
        const int page = 4096;
        void* code = Map(null, page, readWrite, privateAnonymous, -1, 0);
        Code.CopyTo(new Span<byte>(code, page));
        return Protect(code, page, readExecute) == 0 ? (delegate* unmanaged<uint>)code : throw new InvalidOperationException("The probe's page cannot be made executable.");
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);
}
