namespace MemSentry.Native.Crypt;

/// <summary>What a stub answers in eax. All but <see cref="Done"/> leave the region unusable or as it was, never half open.</summary>
internal enum CryptResult
{
    /// <summary>The window is open, or closed.</summary>
    Done = 0,

    /// <summary>Close without open, or the reader count was set to zero.</summary>
    NotOpen = 1,

    /// <summary>Ciphertext, nonce or tag are not those of the last close. The region was cleared.</summary>
    CiphertextTampered = 2,

    /// <summary>The reader count is not the one that a stub stored.</summary>
    HeaderTampered = 3,

    /// <summary>RDRAND gave no number, again and again. The region is still open.</summary>
    NoRandomNumber = 4,

    /// <summary>The kernel did not store the tag of a close.</summary>
    TagNotStored = 5,

    /// <summary>The reader count is at its end.</summary>
    TooManyReaders = 6,

    /// <summary>The region was released: it has no content any more.</summary>
    Released = 7,
}
