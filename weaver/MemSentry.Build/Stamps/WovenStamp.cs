using MemSentry.AccessTable;
using MemSentry.Analysis.Windows;

namespace MemSentry.Build.Stamps;

/// <summary>What <c>MemSentry.CompilerServices.WovenAssemblyAttribute</c> says in a woven assembly.</summary>
/// <param name="LayoutVersion">The address-space layout whose constants the code carries.</param>
/// <param name="Settings">The options as one canonical line.</param>
/// <param name="WeaverVersion">Version of the weaver, for people.</param>
internal sealed record WovenStamp(int LayoutVersion, string Settings, string WeaverVersion)
{
    /// <summary>Whether the assembly is what this weaver makes with these settings.</summary>
    public bool Fits(string settings) => LayoutVersion == AddressSpaceLayout.Version && GateList.Without(Settings) == settings;
}
