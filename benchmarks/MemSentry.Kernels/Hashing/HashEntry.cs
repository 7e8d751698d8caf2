namespace MemSentry.Kernels.Hashing;

/// <summary>A place in an open-addressing table; the key 0 marks an empty one.</summary>
internal struct HashEntry
{
    /// <summary>The key.</summary>
    public ulong Key;

    /// <summary>Its value.</summary>
    public ulong Value;
}
