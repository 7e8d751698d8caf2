namespace MemSentry;

/// <summary>Whitelists code: it may access safe regions and is not instrumented. On a type or assembly it holds for everything inside.</summary>
/// <param name="access">What the code does, where a domain-based method opens a domain for it: a store through a window that only reads ends the process.</param>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Struct | AttributeTargets.Class
    | AttributeTargets.Assembly, Inherited = false)]
public sealed class SafeRegionAccessAttribute(RegionAccess access = RegionAccess.ReadWrite) : Attribute
{
    /// <summary>What the code does.</summary>
    public RegionAccess Access { get; } = access;

    /// <summary>The domain that a domain-based method opens for it (<see cref="SafeRegionOptions.Domain"/>); the default one if nothing is said.</summary>
    public string Domain { get; init; } = "";
}
