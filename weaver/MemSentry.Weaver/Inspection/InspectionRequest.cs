using MemSentry.Analysis.Options;

namespace MemSentry.Weaver.Inspection;

/// <summary>One assembly file to look at as a weave with the given options would.</summary>
/// <param name="Input">The assembly to read.</param>
/// <param name="Options">The user's choices.</param>
/// <param name="ReferenceDirectories">Where referenced assemblies are looked for, after the input's own folder and before the shared framework.</param>
public sealed record InspectionRequest(string Input, WeaverOptions Options, IReadOnlyList<string> ReferenceDirectories);
