namespace MemSentry.Native.Crypt;

/// <summary>Everything that the stubs of a region know. All of it becomes immediate operands: nothing that they go by lies where a bug could write.</summary>
internal sealed record CryptStubPlan
{
    /// <summary>What the stubs are made of.</summary>
    public required CipherForm Form { get; init; }

    /// <summary>Address of the <see cref="CryptHeader"/>.</summary>
    public required ulong Header { get; init; }

    /// <summary>First byte of the region.</summary>
    public required ulong Address { get; init; }

    /// <summary>Bytes of the region, from 1 to <see cref="CryptLimits.MostBytes"/>.</summary>
    public required int Length { get; init; }

    /// <summary>Where the kernel keeps the tag; <see langword="null"/> for a region without one, whose ciphertext anybody can change.</summary>
    public required TagPlace? Tag { get; init; }
}
