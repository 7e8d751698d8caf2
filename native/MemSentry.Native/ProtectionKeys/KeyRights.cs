namespace MemSentry.Native.ProtectionKeys;

/// <summary>What a thread may do with the pages of a key; the values are the two bits of a key in the register PKRU (Intel SDM volume 3, 4.6.2).</summary>
internal enum KeyRights
{
    /// <summary>Read and write.</summary>
    ReadWrite = 0b00,

    /// <summary>Neither: access-disable.</summary>
    None = 0b01,

    /// <summary>Read: write-disable.</summary>
    Read = 0b10,
}
