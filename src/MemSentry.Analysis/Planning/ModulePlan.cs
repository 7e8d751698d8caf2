using System.Collections.Immutable;
using Mono.Cecil;

namespace MemSentry.Analysis.Planning;

/// <summary>The plan of a whole module: which members change, and who is trusted.</summary>
/// <param name="Members">Members with something to do, in metadata order.</param>
/// <param name="Whitelist">Whitelisted members, in metadata order: never instrumented, named in the trust list.</param>
/// <param name="Statistics">What was counted on the way.</param>
public sealed record ModulePlan(
    ImmutableArray<MemberPlan> Members,
    ImmutableArray<MethodDefinition> Whitelist,
    PlanStatistics Statistics);
