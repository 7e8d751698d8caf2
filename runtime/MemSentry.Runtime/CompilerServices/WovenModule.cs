using System.ComponentModel;
using MemSentry.Startup;

namespace MemSentry.CompilerServices;

/// <summary>What the initialiser of a woven module calls before any other code of the module runs.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WovenModule
{
    /// <summary>Makes sure that the safe regions of this process are reserved where the module's checks look for them.</summary>
    /// <param name="assemblyName">The woven assembly's simple name.</param>
    /// <param name="layoutVersion">The layout that its checks carry.</param>
    /// <param name="settings">The options that it was woven with, as <c>Name=value;…</c>.</param>
    /// <exception cref="PlatformNotSupportedException">The machine or process cannot hold the layout (MS70xx).</exception>
    /// <exception cref="SafeRegionException">The assembly does not fit this runtime, or the fallback setting is wrong (MS70xx).</exception>
    public static void Start(string assemblyName, int layoutVersion, string settings) =>
        ModuleQueue.Start(assemblyName, layoutVersion, settings);
}
