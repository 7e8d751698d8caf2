using MemSentry.Build.Handover;

namespace MemSentry.Build.Dependencies;

/// <summary>What the task asks of the engine.</summary>
/// <param name="Dependencies">The assemblies.</param>
/// <param name="ReferenceDirectories">Where assemblies lie that they refer to.</param>
/// <param name="Framework">Simple names of the assemblies that the framework supplies.</param>
/// <param name="Versions">What identifies the versions of all references: a type of another assembly may change what is proven.</param>
/// <param name="Settings">The settings of the program.</param>
internal sealed record DependencyRequest(
    IReadOnlyList<Dependency> Dependencies,
    IReadOnlyList<string> ReferenceDirectories,
    IReadOnlyList<string> Framework,
    string Versions,
    WeaveSettings Settings);
