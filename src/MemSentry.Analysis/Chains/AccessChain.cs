using System.Collections.Immutable;

namespace MemSentry.Analysis.Chains;

/// <summary>From where an address comes to an access, and what is proven of it on the way. Several facts of a kind: different paths lead there.</summary>
/// <param name="Origins">Where it comes from.</param>
/// <param name="Facts">What an access that needs no check of its own rests on.</param>
/// <param name="Steps">The offsets of the instructions that move the address between those facts and the access, or back.</param>
/// <param name="Distance">How far it lies, at most, from an address outside the block, in bytes; null if nobody knows.</param>
public sealed record AccessChain(ImmutableArray<ChainOrigin> Origins, ImmutableArray<ChainFact> Facts, ImmutableArray<int> Steps, (long Low, long High)? Distance);
