using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MemSentry.Native.Crypt;

/// <summary>Fills the blocks of <see cref="SecretLayout"/> from three keys that have nothing to do with each other.</summary>
internal static class SecretBlocks
{
    /// <summary>The upper half of the field's polynomial, as Montgomery's reduction needs it.</summary>
    private static readonly Vector128<ulong> FieldPolynomial = Vector128.Create(0xc200000000000000, 0);

    /// <summary>Expands all.</summary>
    /// <param name="blocks">Of <see cref="SecretLayout.Count"/>.</param>
    /// <param name="cipher">Key of the cipher.</param>
    /// <param name="tag">Key of tags and seals.</param>
    /// <param name="hash">Key of the hash.</param>
    public static void Fill(Span<Vector128<byte>> blocks, Vector128<byte> cipher, Vector128<byte> tag, Vector128<byte> hash)
    {
        Expand(cipher, blocks.Slice(SecretLayout.Cipher, SecretLayout.RoundKeys));
        Expand(tag, blocks.Slice(SecretLayout.Tag, SecretLayout.RoundKeys));
        blocks[SecretLayout.Power(1)] = hash;
        for (int exponent = 2; exponent <= SecretLayout.Powers; exponent++)
        {
            blocks[SecretLayout.Power(exponent)] = Multiply(blocks[SecretLayout.Power(exponent - 1)], hash);
        }
    }

    /// <summary>A block under the key of tags and seals, as the stubs compute it.</summary>
    public static Vector128<byte> Seal(ReadOnlySpan<Vector128<byte>> blocks, Vector128<byte> keptTag, int count)
    {
        Vector128<byte> state = keptTag ^ Vector128.Create(count, 0, 0, 0).AsByte() | Vector128.Create(0, 1UL << 63).AsByte();
        ReadOnlySpan<Vector128<byte>> keys = blocks.Slice(SecretLayout.Tag, SecretLayout.RoundKeys);
        state ^= keys[0];
        foreach (Vector128<byte> key in keys[1..^1])
        {
            state = Aes.Encrypt(state, key);
        }

        return Aes.EncryptLast(state, keys[^1]);
    }

    /// <summary>FIPS 197, 5.2.</summary>
    private static void Expand(Vector128<byte> key, Span<Vector128<byte>> roundKeys)
    {
        roundKeys[0] = key;
        roundKeys[1] = key = Next(key, Aes.KeygenAssist(key, 0x01));
        roundKeys[2] = key = Next(key, Aes.KeygenAssist(key, 0x02));
        roundKeys[3] = key = Next(key, Aes.KeygenAssist(key, 0x04));
        roundKeys[4] = key = Next(key, Aes.KeygenAssist(key, 0x08));
        roundKeys[5] = key = Next(key, Aes.KeygenAssist(key, 0x10));
        roundKeys[6] = key = Next(key, Aes.KeygenAssist(key, 0x20));
        roundKeys[7] = key = Next(key, Aes.KeygenAssist(key, 0x40));
        roundKeys[8] = key = Next(key, Aes.KeygenAssist(key, 0x80));
        roundKeys[9] = key = Next(key, Aes.KeygenAssist(key, 0x1b));
        roundKeys[10] = Next(key, Aes.KeygenAssist(key, 0x36));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Next(Vector128<byte> key, Vector128<byte> assist)
    {
        key ^= Sse2.ShiftLeftLogical128BitLane(key, 4);
        key ^= Sse2.ShiftLeftLogical128BitLane(key, 8);
        return key ^ Sse2.Shuffle(assist.AsInt32(), 0xff).AsByte();
    }

    /// <summary>The product in the field of POLYVAL, with its factor x^-128 (RFC 8452, section 3).</summary>
    private static Vector128<byte> Multiply(Vector128<byte> left, Vector128<byte> right)
    {
        Vector128<ulong> a = left.AsUInt64();
        Vector128<ulong> b = right.AsUInt64();
        Vector128<byte> middle = (Pclmulqdq.CarrylessMultiply(a, b, 0x01) ^ Pclmulqdq.CarrylessMultiply(a, b, 0x10)).AsByte();
        Vector128<byte> low = Pclmulqdq.CarrylessMultiply(a, b, 0x00).AsByte() ^ Sse2.ShiftLeftLogical128BitLane(middle, 8);
        Vector128<byte> high = Pclmulqdq.CarrylessMultiply(a, b, 0x11).AsByte() ^ Sse2.ShiftRightLogical128BitLane(middle, 8);
        return ReduceHalf(ReduceHalf(low)) ^ high;
    }

    private static Vector128<byte> ReduceHalf(Vector128<byte> low) =>
        Sse2.Shuffle(low.AsInt32(), 0b01_00_11_10).AsByte() ^ Pclmulqdq.CarrylessMultiply(low.AsUInt64(), FieldPolynomial, 0x00).AsByte();
}
