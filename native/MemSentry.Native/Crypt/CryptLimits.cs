namespace MemSentry.Native.Crypt;

/// <summary>What follows from the format of the nonce.</summary>
internal static class CryptLimits
{
    /// <summary>Bits of a counter block that count blocks; the others are drawn at every close.</summary>
    public const int CounterBits = 16;

    /// <summary>Bytes that a region can have: beyond, counter blocks would repeat.</summary>
    public const int MostBytes = 16 << CounterBits;
}
