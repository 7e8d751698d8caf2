using System.ComponentModel;

namespace MemSentry.CompilerServices;

/// <summary>Written into every woven assembly by the weaver: what it was woven with.</summary>
/// <param name="layoutVersion">The <see cref="AddressSpaceLayout.Version"/> that its checks carry.</param>
/// <param name="settings">The options in force, as <c>Name=value;…</c>.</param>
/// <param name="weaverVersion">The weaver's version.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class WovenAssemblyAttribute(int layoutVersion, string settings, string weaverVersion) : Attribute
{
    /// <summary>The layout that the checks carry.</summary>
    public int LayoutVersion { get; } = layoutVersion;

    /// <summary>The options in force, as <c>Name=value;…</c>.</summary>
    public string Settings { get; } = settings;

    /// <summary>The weaver's version.</summary>
    public string WeaverVersion { get; } = weaverVersion;
}
