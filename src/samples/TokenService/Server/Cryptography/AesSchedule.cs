using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using MemSentry;

namespace TokenService.Server.Cryptography;

/// <summary>
/// What AES-128-GCM computes from its key, once: 11 round keys (FIPS 197, 5.2), then the hash key. Blocks of 16 bytes, side by side in a safe region; the
/// first round key is the key itself.
/// </summary>
internal static unsafe class AesSchedule
{
    /// <summary>Rounds of AES-128; there is one round key more.</summary>
    public const int Rounds = 10;

    /// <summary>Index of the hash key.</summary>
    public const int HashKey = Rounds + 1;

    /// <summary>Blocks.</summary>
    public const int Count = HashKey + 1;

    /// <summary>Whether the processor has the instructions: AES and carry-less multiplication.</summary>
    public static bool IsSupported => Aes.IsSupported && Pclmulqdq.IsSupported;

    /// <summary>Computes all from the key, which lies in the first block.</summary>
    [SafeRegionAccess]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Expand(Vector128<byte>* schedule)
    {
        uint constant = 1;
        for (int round = 1; round <= Rounds; round++)
        {
            Vector128<byte> key = schedule[round - 1];
            uint rotated = Aes.KeygenAssist(key, 0).AsUInt32().GetElement(3);
            key ^= Sse2.ShiftLeftLogical128BitLane(key, 4);
            key ^= Sse2.ShiftLeftLogical128BitLane(key, 8);
            schedule[round] = key ^ Vector128.Create(rotated ^ constant).AsByte();
            constant = (constant << 1) ^ ((constant >> 7) * 0x11b);
        }

        Vector128<byte> zero = schedule[0];
        for (int round = 1; round < Rounds; round++)
            zero = Aes.Encrypt(zero, schedule[round]);

        Vector128<byte> reversed = Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
        // The hash key of GCM in the form that GaloisTag multiplies by: bytes reversed, times x (RFC 8452, appendix A).
        Vector128<ulong> hash = Vector128.Shuffle(Aes.EncryptLast(zero, schedule[Rounds]), reversed).AsUInt64();
        ulong low = hash.GetElement(0), high = hash.GetElement(1), carry = high >> 63;
        schedule[HashKey] = Vector128.Create((low << 1) ^ carry, ((high << 1) | (low >> 63)) ^ (carry * GaloisTag.Polynomial)).AsByte();
    }
}
