using MemSentry.Startup;

namespace MemSentry;

/// <summary>One woven module that has started in this process.</summary>
/// <param name="Assembly">Simple name of the assembly.</param>
/// <param name="Settings">What it was woven with, as <c>Name=value;…</c>.</param>
public sealed record WovenModuleStatus(string Assembly, string Settings)
{
    /// <summary>Its protection method: <c>mpx</c>, <c>sfi</c>, or <c>none</c>, which protects nothing.</summary>
    public string Method => ModuleSettings.MethodOf(Settings);
}
