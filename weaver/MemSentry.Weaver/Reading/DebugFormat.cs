namespace MemSentry.Weaver.Reading;

/// <summary>Where debug information lies.</summary>
internal enum DebugFormat
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>In a Portable PDB file beside the assembly.</summary>
    PortableFile,

    /// <summary>Inside the assembly.</summary>
    Embedded,
}
