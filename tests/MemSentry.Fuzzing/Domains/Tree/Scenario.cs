using System.Collections.Immutable;
using MemSentry.Fuzzing.Shrinking;

namespace MemSentry.Fuzzing.Domains.Tree;

/// <summary>A random program whose members open windows and lose control in them.</summary>
/// <param name="Body">What it does, by code that is not whitelisted.</param>
/// <param name="Observer">What somebody does who observes exceptions, whenever one sets out.</param>
public sealed record Scenario(ImmutableArray<Act> Body, ImmutableArray<Act> Observer) : IShrinkable<Scenario>
{
    /// <inheritdoc/>
    int IShrinkable<Scenario>.Size => Node.Size(Body) + Node.Size(Observer);

    /// <inheritdoc/>
    IEnumerable<Scenario> IShrinkable<Scenario>.Smaller() =>
        [.. ScenarioReductions.Blocks(Body).Select(b => this with { Body = b }), .. ScenarioReductions.Blocks(Observer).Select(b => this with { Observer = b })];
}
