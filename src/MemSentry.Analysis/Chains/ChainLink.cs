using System.Collections.Immutable;

namespace MemSentry.Analysis.Chains;

/// <summary>What the value of one slot rests on.</summary>
/// <param name="Facts">The facts.</param>
/// <param name="Steps">The offsets of the instructions between those and the value.</param>
internal sealed record ChainLink(ImmutableSortedSet<(ChainFactKind Kind, int Offset)> Facts, ImmutableSortedSet<int> Steps)
{
    /// <summary>Nothing is known.</summary>
    public static ChainLink None { get; } = new([], []);

    /// <summary>A fact about the value itself.</summary>
    public static ChainLink Of(ChainFactKind kind, int offset) => new([(kind, offset)], []);

    /// <summary>What arithmetic makes of it.</summary>
    public ChainLink Moved(int offset) => this with { Steps = Steps.Add(offset) };

    /// <summary>What a fact about another value that was computed from the same one says of this one: the way leads over the steps that only one of them has made.</summary>
    public ChainLink Restarted(ChainFactKind kind, int offset, ChainLink other) => new([(kind, offset)], Steps.SymmetricExcept(other.Steps));

    /// <summary>Where two paths meet, either may be the one.</summary>
    public static ChainLink Join(ChainLink a, ChainLink b) => new(a.Facts.Union(b.Facts), a.Steps.Union(b.Steps));

    /// <summary>Whether it says the same.</summary>
    public bool Says(ChainLink other) => Facts.SetEquals(other.Facts) && Steps.SetEquals(other.Steps);
}
