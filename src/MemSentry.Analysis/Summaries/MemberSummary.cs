using System.Collections.Immutable;
using Mono.Cecil;

namespace MemSentry.Analysis.Summaries;

/// <summary>What the rest of a module may believe of a member, and the member of its callers: that raw pointers lie near an address outside the block.</summary>
/// <param name="Method">The member.</param>
/// <param name="Parameters">The numbers of the parameters of which every caller proves it, in ascending order, without <c>this</c>.</param>
/// <param name="Result">Whether the member proves it of its result wherever it returns.</param>
public sealed record MemberSummary(MethodDefinition Method, ImmutableArray<int> Parameters, bool Result);
