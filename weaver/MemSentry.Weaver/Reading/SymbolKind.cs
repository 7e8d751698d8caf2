namespace MemSentry.Weaver.Reading;

/// <summary>Where debug information lies.</summary>
internal enum SymbolKind
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>In a Portable PDB file beside the assembly.</summary>
    PortableFile,

    /// <summary>Inside the assembly.</summary>
    Embedded,
}
