namespace MemSentry.Weaver.References;

/// <summary>What is known of a referenced assembly.</summary>
public enum ReferenceStatus
{
    /// <summary>It is woven, with a method that protects.</summary>
    Woven,

    /// <summary>It is not woven and has raw accesses.</summary>
    RawAccesses,

    /// <summary>It is not woven and needs not be: it has no raw accesses.</summary>
    NoRawAccesses,

    /// <summary>It is not woven and could not be examined.</summary>
    Unknown,
}
