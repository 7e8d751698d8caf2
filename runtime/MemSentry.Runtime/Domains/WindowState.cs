namespace MemSentry.Domains;

/// <summary>
/// What a thread remembers of its own windows, to save system calls. It lies in memory that anybody can write: a wrong value leads to a fault
/// or to a superfluous call, and <see cref="WindowRecords"/> decides.
/// </summary>
internal enum WindowState
{
    /// <summary>It has none.</summary>
    None,

    /// <summary>At least one is open, so the records can be read.</summary>
    Open,

    /// <summary>All that it has are suspended.</summary>
    Suspended,
}
