namespace MemSentry;

/// <summary>Puts code into a named section; the weaver's option <c>WhitelistSection</c> whitelists one section by its name.</summary>
/// <param name="name">The section's name, compared ordinally.</param>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Struct | AttributeTargets.Class
    | AttributeTargets.Assembly, Inherited = false)]
public sealed class SectionAttribute(string name) : Attribute
{
    /// <summary>The section's name.</summary>
    public string Name { get; } = name;
}
