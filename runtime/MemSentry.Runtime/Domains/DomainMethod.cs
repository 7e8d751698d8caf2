namespace MemSentry.Domains;

/// <summary>What protects the pages of a domain beyond the checks of woven code.</summary>
internal enum DomainMethod
{
    /// <summary>Nothing: woven code checks its addresses, and the pages stay open.</summary>
    None,

    /// <summary>Page permissions, <c>mprotect</c>: see <see cref="PagePermissions"/>.</summary>
    PagePermissions,

    /// <summary>Each region is ciphertext while no window uses it, <c>crypt</c>: see <see cref="RegionWindows"/>.</summary>
    Encryption,

    /// <summary>A protection key, <c>mpk</c>: see <see cref="ProtectionKeys.KeyWindows"/>.</summary>
    ProtectionKeys,
}
