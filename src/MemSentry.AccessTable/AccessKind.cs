namespace MemSentry.AccessTable;

/// <summary>What an instruction does with an address.</summary>
public enum AccessKind
{
    /// <summary>Reads memory there.</summary>
    Load = 1,

    /// <summary>Writes memory there.</summary>
    Store = 2,

    /// <summary>Turns it into a managed reference, which later code trusts by contract.</summary>
    Conversion = 3,

    /// <summary>Hands it to code that is not woven.</summary>
    Escape = 4,
}
