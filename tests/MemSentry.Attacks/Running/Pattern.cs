namespace MemSentry.Attacks.Running;

/// <summary>The random secret of one run. No byte is zero, and every written byte differs from the one it replaces.</summary>
public sealed class Pattern
{
    /// <summary>Bytes in the region. Big enough that a field 60,000 bytes behind its base still has its base inside.</summary>
    public const int Length = 128 * 1024;

    /// <summary>Where in the region the attack aims, in bytes.</summary>
    public const int Target = 64 * 1024;

    /// <summary>Makes the pattern that belongs to a seed, so that all processes of a run have the same one.</summary>
    public Pattern(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < Bytes.Length; i++)
            Bytes[i] = (byte)random.Next(1, 256);
        Value = ~BitConverter.ToUInt64(Bytes, Target);
        TokenValue = (ulong)random.NextInt64(1, long.MaxValue);
    }

    /// <summary>The secret.</summary>
    public byte[] Bytes { get; } = new byte[Length];

    /// <summary>What writing attacks write: the complement of what they overwrite.</summary>
    public ulong Value { get; }

    /// <summary>What the pinned object holds.</summary>
    public ulong TokenValue { get; }
}
