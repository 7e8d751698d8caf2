namespace MemSentry;

/// <summary>What blocked code was about to do with an address. The values are those of the weaver's access kinds.</summary>
public enum SafeRegionViolationKind
{
    /// <summary>Read memory there.</summary>
    Load = 1,

    /// <summary>Write memory there.</summary>
    Store = 2,

    /// <summary>Turn it into a managed reference, which later code trusts by contract.</summary>
    Conversion = 3,

    /// <summary>Hand it to code that is not woven.</summary>
    Escape = 4,
}
