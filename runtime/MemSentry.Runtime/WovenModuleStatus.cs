namespace MemSentry;

/// <summary>One woven module that has started in this process.</summary>
/// <param name="Assembly">Simple name of the assembly.</param>
/// <param name="Settings">What it was woven with, as <c>Name=value;…</c>.</param>
public sealed record WovenModuleStatus(string Assembly, string Settings);
