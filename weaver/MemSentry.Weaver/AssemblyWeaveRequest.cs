using MemSentry.Analysis.Options;

namespace MemSentry.Weaver;

/// <summary>One assembly file to weave.</summary>
/// <param name="Input">The assembly to read.</param>
/// <param name="Output">Where the woven assembly goes; may equal <paramref name="Input"/>.</param>
/// <param name="Options">The user's choices.</param>
/// <param name="ReferenceDirectories">Where referenced assemblies are looked for, after the input's own folder and before the shared framework.</param>
/// <param name="KeyFile">A strong-name key (.snk), or null.</param>
/// <param name="SurveysReferences">Whether to find out which referenced assemblies are woven; a dependency leaves that to its program.</param>
public sealed record AssemblyWeaveRequest(
    string Input,
    string Output,
    WeaverOptions Options,
    IReadOnlyList<string> ReferenceDirectories,
    string? KeyFile = null,
    bool SurveysReferences = true)
{
    /// <summary>
    /// Simple names of assemblies that are woven in the same run. They count as woven, whether their turn has come or not: what one weave writes must
    /// not depend on how far another is. A running program believes only what it sees in an assembly itself.
    /// </summary>
    public IReadOnlySet<string> WovenTogether { get; init; } = new HashSet<string>();

    /// <summary>Whether to do everything but write the output.</summary>
    public bool IsRehearsal { get; init; }
}
