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
    bool SurveysReferences = true);
