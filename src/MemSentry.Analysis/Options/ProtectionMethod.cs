namespace MemSentry.Analysis.Options;

/// <summary>How safe regions are protected.</summary>
public enum ProtectionMethod
{
    /// <summary>Compare every unproven address with the block and throw (named after Intel MPX, whose checks it replaces).</summary>
    Mpx,
}
