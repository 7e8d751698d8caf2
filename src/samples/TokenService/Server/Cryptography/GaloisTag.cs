using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using MemSentry;

namespace TokenService.Server.Cryptography;

/// <summary>
/// The tag of GCM (NIST SP 800-38D): a polynomial in the hash key over whole blocks, in GF(2^128), encrypted. It multiplies as POLYVAL does (RFC 8452), on
/// reversed bytes, because that reduction needs two multiplications and no shift. In optimised code, always, so that what it knows stays in registers.
/// </summary>
internal static unsafe class GaloisTag
{
    /// <summary>x^63 + x^62 + x^57, which reduces 64 bits at a time.</summary>
    public const ulong Polynomial = 0xc200_0000_0000_0000;

    /// <summary>Computes the tag.</summary>
    /// <param name="schedule">See <see cref="AesSchedule"/>.</param>
    /// <param name="counter">The first counter block: nonce, then 1.</param>
    /// <param name="blocks">Additional data and ciphertext, each filled up with zeros, then their lengths in bits.</param>
    [SafeRegionAccess(RegionAccess.Read)]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector128<byte> Compute(Vector128<byte>* schedule, Vector128<byte> counter, ReadOnlySpan<Vector128<byte>> blocks)
    {
        Vector128<byte> reversed = Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
        Vector128<ulong> polynomial = Vector128.CreateScalar(Polynomial), key = schedule[AesSchedule.HashKey].AsUInt64(), sum = default;
        for (int i = 0; i < blocks.Length; i++)
        {
            sum ^= Vector128.Shuffle(blocks[i], reversed).AsUInt64();
            Vector128<ulong> middle = Pclmulqdq.CarrylessMultiply(sum, key, 0x01) ^ Pclmulqdq.CarrylessMultiply(sum, key, 0x10);
            Vector128<ulong> low = Pclmulqdq.CarrylessMultiply(sum, key, 0x00) ^ Sse2.ShiftLeftLogical128BitLane(middle, 8);
            Vector128<ulong> high = Pclmulqdq.CarrylessMultiply(sum, key, 0x11) ^ Sse2.ShiftRightLogical128BitLane(middle, 8);
            low = Sse2.Shuffle(low.AsUInt32(), 0x4e).AsUInt64() ^ Pclmulqdq.CarrylessMultiply(low, polynomial, 0x00);
            low = Sse2.Shuffle(low.AsUInt32(), 0x4e).AsUInt64() ^ Pclmulqdq.CarrylessMultiply(low, polynomial, 0x00);
            sum = high ^ low;
        }

        Vector128<byte> mask = counter ^ schedule[0];
        for (int round = 1; round < AesSchedule.Rounds; round++)
            mask = Aes.Encrypt(mask, schedule[round]);
        return Aes.EncryptLast(mask, schedule[AesSchedule.Rounds]) ^ Vector128.Shuffle(sum.AsByte(), reversed);
    }
}
