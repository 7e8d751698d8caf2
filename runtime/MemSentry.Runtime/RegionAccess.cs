namespace MemSentry;

/// <summary>What whitelisted code does with safe regions.</summary>
public enum RegionAccess
{
    /// <summary>It only reads.</summary>
    Read = 1,

    /// <summary>It reads and writes.</summary>
    ReadWrite = 2,
}
