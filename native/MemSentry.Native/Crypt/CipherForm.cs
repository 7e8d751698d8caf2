namespace MemSentry.Native.Crypt;

/// <summary>Which instructions a stub is made of.</summary>
internal enum CipherForm
{
    /// <summary>AES-NI and PCLMULQDQ: one block in a register.</summary>
    Single,

    /// <summary>VAES and VPCLMULQDQ on 256 bits: two blocks in a register.</summary>
    Double,
}
