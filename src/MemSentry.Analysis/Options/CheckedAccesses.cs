namespace MemSentry.Analysis.Options;

/// <summary>Which accesses are checked (the option <c>Rw</c>).</summary>
[Flags]
public enum CheckedAccesses
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Loads.</summary>
    Read = 1,

    /// <summary>Stores.</summary>
    Write = 2,

    /// <summary>Loads and stores.</summary>
    ReadWrite = Read | Write,
}
