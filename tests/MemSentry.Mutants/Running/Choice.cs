using MemSentry.Mutants.Kinds;
using Mono.Cecil;

namespace MemSentry.Mutants.Running;

/// <summary>One mutation of one member, to be found again in every reading of the same file.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Member">The member's token.</param>
/// <param name="Position">Which mutation of the kind in the member, in their order.</param>
public sealed record Choice(IMemberMutationKind Kind, MetadataToken Member, int Position);
