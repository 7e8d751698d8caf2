using System.Runtime.InteropServices;

namespace MemSentry.Native.Crypt;

/// <summary>What lies beside the bytes of a region in writable memory. Whoever changes it is found out, but for <see cref="Lock"/>.</summary>
/// <remarks>
/// <code>
/// field   while closed                        while open
/// Lock    held while a stub runs              likewise; not covered: a store to it can hang threads or garble the region, and opens nothing
/// Count   0                                   readers; covered by Seal
/// Nonce   of the last close; covered by the   of the last close; not used
///         tag, which the kernel keeps
/// Seal    not used                            PRF(tag of the last close, Count)
/// </code>
/// </remarks>
[StructLayout(LayoutKind.Sequential, Size = Length)]
internal unsafe struct CryptHeader
{
    /// <summary>Bytes.</summary>
    public const int Length = 64;

    /// <summary>Offset of <see cref="Lock"/>.</summary>
    public const int LockOffset = 0;

    /// <summary>Offset of <see cref="Count"/>.</summary>
    public const int CountOffset = 4;

    /// <summary>Offset of <see cref="Nonce"/>.</summary>
    public const int NonceOffset = 16;

    /// <summary>Offset of <see cref="Seal"/>.</summary>
    public const int SealOffset = 32;

    /// <summary>Readers that a region can have at once: windows that are open in different threads.</summary>
    public const int MostReaders = 65535;

    /// <summary>The reader count of a region that was released.</summary>
    public const int Released = -1;

    /// <summary>1 while a stub is between reading the state and storing the next one.</summary>
    public int Lock;

    /// <summary>Windows that are open.</summary>
    public int Count;

    private fixed byte _unused[8];

    /// <summary>The first counter block of the ciphertext: 112 random bits, then 16 zero bits that count blocks (SP 800-38A, appendix B).</summary>
    public fixed byte Nonce[16];

    /// <summary>Proves that a stub has stored <see cref="Count"/> since the last close.</summary>
    public fixed byte Seal[16];
}
