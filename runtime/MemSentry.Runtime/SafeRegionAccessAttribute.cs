namespace MemSentry;

/// <summary>Whitelists code: it may access safe regions and is not instrumented. On a type or assembly it holds for everything inside.</summary>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Struct | AttributeTargets.Class
    | AttributeTargets.Assembly, Inherited = false)]
public sealed class SafeRegionAccessAttribute : Attribute;
