namespace MemSentry.Native.ProtectionKeys;

/// <summary>Everything that the stubs of a key know. All of it becomes immediate operands.</summary>
internal sealed record KeyStubPlan
{
    /// <summary>The key that they open and close, from 1 to 15. Key 0 is everybody's memory.</summary>
    public required int Key { get; init; }

    /// <summary>
    /// All other bits of the register, if they are always the same because no other key is in use: then stubs write constants and compare the whole register.
    /// <see langword="null"/> to keep them as they are.
    /// </summary>
    public uint? Others { get; init; }

    /// <summary>
    /// Bits that have to be set behind a write, for example those of other domains, which are closed. Without them a jump into the middle of a stub that keeps
    /// other keys could open those.
    /// </summary>
    public uint Closed { get; init; }
}
