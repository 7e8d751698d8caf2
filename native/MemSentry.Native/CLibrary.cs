namespace MemSentry.Native;

/// <summary>The C library that the process runs on.</summary>
internal enum CLibrary
{
    /// <summary>None that we know (not Linux, or neither of the two).</summary>
    Other,

    /// <summary>The GNU C library.</summary>
    Glibc,

    /// <summary>musl, as on Alpine.</summary>
    Musl,
}
