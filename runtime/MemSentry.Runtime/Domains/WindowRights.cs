namespace MemSentry.Domains;

/// <summary>What a window allows. Larger values allow more.</summary>
internal enum WindowRights
{
    /// <summary>Nothing: the domain is closed.</summary>
    None,

    /// <summary>Loads.</summary>
    Read,

    /// <summary>Loads and stores.</summary>
    ReadWrite,
}
