namespace MemSentry.Allocation;

/// <summary>What is special about a region.</summary>
[Flags]
internal enum RegionTraits : byte
{
    None = 0,

    /// <summary>Its pages hold nothing else.</summary>
    OwnPages = 1,

    /// <summary>It ends at a page without rights.</summary>
    GuardAtEnd = 2,

    /// <summary>Nobody may write it any more.</summary>
    ReadOnly = 4,

    /// <summary>The kernel keeps it out of swap.</summary>
    Locked = 8,

    /// <summary>Its <see cref="SafeRegion"/> was collected without having been disposed.</summary>
    Abandoned = 16,

    /// <summary>Its bytes are ciphertext while it is closed, and what it owns starts with a header; see <see cref="Crypt.RegionCiphers"/>.</summary>
    Encrypted = 32,
}
