using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace MemSentry.Native;

/// <summary>Random numbers before any other library is up.</summary>
internal static unsafe class KernelRandom
{
    /// <summary>64 random bits from the kernel, without OpenSSL, which a small image may not have.</summary>
    public static ulong Next()
    {
        ulong bits;
        if (OperatingSystem.IsLinux() && LibC.GetRandom(&bits, sizeof(ulong), 0) == sizeof(ulong))
        {
            return bits;
        }

        return AskFramework();
    }

    /// <summary>Apart, so that nothing of that library is needed where the kernel answers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong AskFramework()
    {
        ulong bits;
        RandomNumberGenerator.Fill(new Span<byte>(&bits, sizeof(ulong)));
        return bits;
    }
}
