namespace MemSentry.Native;

/// <summary>What madvise is told; the values are the kernel's MADV_ numbers (asm-generic/mman-common.h).</summary>
internal enum MemoryAdvice
{
    /// <summary>Give the pages back; the next touch finds zeros.</summary>
    DontNeed = 4,

    /// <summary>A child of fork does not get the pages at all.</summary>
    DontFork = 10,

    /// <summary>Core dumps leave the pages out.</summary>
    DontDump = 16,
}
