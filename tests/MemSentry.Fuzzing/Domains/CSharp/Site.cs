using System.Collections.Immutable;
using MemSentry.Fuzzing.Domains.Vocabulary;

namespace MemSentry.Fuzzing.Domains.CSharp;

/// <summary>Whose code a block is, and what C# allows there.</summary>
/// <param name="Name">The member's name, for probes.</param>
/// <param name="Leave">How it returns the hash.</param>
internal sealed record Site(string Name, string Leave)
{
    /// <summary>Whether it is whitelisted.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>Whether its domain is the other one.</summary>
    public bool IsOther { get; init; }

    /// <summary>Whether its window is to read.</summary>
    public bool IsReader { get; init; }

    /// <summary>Whether it can be suspended.</summary>
    public Suspension Suspension { get; init; }

    /// <summary>Whether C# lets it be left, or an iterator be suspended, here.</summary>
    public bool MayLeave { get; init; } = true;

    /// <summary>Whether it is suspended here, if it can be; not in lambdas, and no iterator beside handlers.</summary>
    public bool MayPause { get; init; } = true;

    /// <summary>Whether there is an exception to throw again.</summary>
    public bool IsHandler { get; init; }

    /// <summary>The members under way, the innermost first: how this code calls them, with <c>{d}</c> for the argument.</summary>
    public ImmutableArray<MemberCalls> Running { get; init; } = [];

    /// <summary>The region.</summary>
    public string Region => IsOther ? "Regions.B" : "Regions.A";

    /// <summary>Whether pointers can be used in a statement only if that says so itself, and in a filter not at all.</summary>
    public bool IsSuspended => Suspension != Suspension.None;
}
