using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MemSentry.Runtime.Tests.Crypt;

/// <summary>What the stubs compute, made of the framework's AES and of polynomials multiplied bit by bit.</summary>
internal static class ReferenceCipher
{
    /// <summary>Counter mode: the last four bytes of the counter block count, highest byte first.</summary>
    public static byte[] Transform(byte[] key, byte[] counter, ReadOnlySpan<byte> data)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        byte[] counters = new byte[(data.Length + 15) / 16 * 16];
        for (int block = 0; block < counters.Length; block += 16)
        {
            counter.CopyTo(counters.AsSpan(block));
            Span<byte> low = counters.AsSpan(block + 12, 4);
            BinaryPrimitives.WriteUInt32BigEndian(low, BinaryPrimitives.ReadUInt32BigEndian(low) + (uint)(block / 16));
        }

        byte[] keystream = aes.EncryptEcb(counters, PaddingMode.None);
        byte[] result = data.ToArray();
        for (int i = 0; i < result.Length; i++)
        {
            result[i] ^= keystream[i];
        }

        return result;
    }

    /// <summary>POLYVAL (RFC 8452, section 3) of whole blocks; the last one is filled with zeros.</summary>
    public static byte[] Hash(byte[] hashKey, params ReadOnlySpan<byte> data)
    {
        UInt128 key = BinaryPrimitives.ReadUInt128LittleEndian(hashKey);
        UInt128 sum = 0;
        byte[] block = new byte[16];
        for (int at = 0; at < data.Length; at += 16)
        {
            Array.Clear(block);
            data[at..Math.Min(at + 16, data.Length)].CopyTo(block);
            sum = Dot(sum ^ BinaryPrimitives.ReadUInt128LittleEndian(block), key);
        }

        BinaryPrimitives.WriteUInt128LittleEndian(block, sum);
        return block;
    }

    /// <summary>a · b · x^-128 modulo x^128 + x^127 + x^126 + x^121 + 1; bit i is the coefficient of x^i.</summary>
    private static UInt128 Dot(UInt128 a, UInt128 b)
    {
        // Horner's scheme from the lowest coefficient, each step divided by x: x^-1 = x^127 + x^126 + x^125 + x^120.
        UInt128 inverse = (UInt128.One << 127) | (UInt128.One << 126) | (UInt128.One << 125) | (UInt128.One << 120);
        // An odd polynomial plus the field's own is even, and then x can be divided out: what comes down from x^128 … x^0 is the inverse above.
        UInt128 product = 0;
        for (int bit = 0; bit < 128; bit++)
        {
            product ^= ((a >> bit) & 1) != 0 ? b : 0;
            product = (product >> 1) ^ ((product & 1) != 0 ? inverse : 0);
        }

        return product;
    }
}
