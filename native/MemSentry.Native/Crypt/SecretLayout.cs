namespace MemSentry.Native.Crypt;

/// <summary>
/// The secrets of a region as one sequence of 16-byte blocks. The code has each of them as immediate operands; nobody else has them.
/// </summary>
internal static class SecretLayout
{
    /// <summary>Round keys of AES-128 (FIPS 197).</summary>
    public const int RoundKeys = 11;

    /// <summary>Blocks that the hash multiplies at once, at most: a group of the widest form.</summary>
    public const int Powers = 16;

    /// <summary>First round key of the cipher.</summary>
    public const int Cipher = 0;

    /// <summary>First round key of the function that makes tags and seals.</summary>
    public const int Tag = Cipher + RoundKeys;

    /// <summary>All blocks.</summary>
    public const int Count = Tag + RoundKeys + Powers;

    /// <summary>A power of the hash key, from 1 to <see cref="Powers"/>.</summary>
    public static int Power(int exponent) => Tag + RoundKeys + exponent - 1;
}
