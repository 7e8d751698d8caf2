using MemSentry.Analysis.Diagnostics;

namespace MemSentry.Build.Dependencies;

/// <summary>What the engine answers.</summary>
/// <param name="Woven">The dependencies whose woven form is to be delivered.</param>
/// <param name="Diagnostics">In the order they were found.</param>
internal sealed record DependencyOutcome(IReadOnlyList<Dependency> Woven, IReadOnlyList<Diagnostic> Diagnostics);
