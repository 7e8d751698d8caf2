namespace MemSentry.Weaver;

/// <summary>What a weave has to do about a file that a program brings along, and that nobody named.</summary>
public enum WeaveNeed
{
    /// <summary>It has raw accesses, or may have some: it has to be woven.</summary>
    Needed,

    /// <summary>It is an assembly without raw accesses.</summary>
    NoRawAccesses,

    /// <summary>It is woven already, with a method that protects.</summary>
    Woven,

    /// <summary>It belongs to the framework, which is not woven by design: what woven code hands to it is checked instead.</summary>
    Framework,

    /// <summary>It belongs to MemSentry, or MemSentry's runtime uses it before anything else runs.</summary>
    Own,

    /// <summary>It is an assembly of translated resources, without code.</summary>
    SatelliteResources,

    /// <summary>It is a reference assembly: what others compile against, without code.</summary>
    ReferenceAssembly,

    /// <summary>It is a native library or program.</summary>
    Native,
}
