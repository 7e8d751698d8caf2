using System.Collections.Immutable;
using MemSentry.Analysis.Summaries;
using MemSentry.Analysis.Windows;
using Mono.Cecil;

namespace MemSentry.Analysis.Planning;

/// <summary>The plan of a whole module: which members change, and who is trusted.</summary>
/// <param name="All">Every analysed member, in metadata order.</param>
/// <param name="Whitelist">Whitelisted members, in metadata order: never instrumented, named in the trust list.</param>
/// <param name="Statistics">What was counted on the way.</param>
public sealed record ModulePlan(
    ImmutableArray<MemberPlan> All,
    ImmutableArray<MethodDefinition> Whitelist,
    PlanStatistics Statistics)
{
    /// <summary>The whitelisted members that open windows, in metadata order; none under a method that checks addresses.</summary>
    public ImmutableArray<WindowPlan> Windows { get; init; } = [];

    /// <summary>What is believed across calls, by member, in the order of their tokens.</summary>
    public ImmutableArray<MemberSummary> Summaries { get; init; } = [];

    /// <summary>The members of the module that the JIT is to put into those that call them; see <see cref="MemberPlan.Leaves"/>.</summary>
    public IEnumerable<MethodDefinition> Leaves => All.SelectMany(p => p.Leaves).Distinct();

    /// <summary>Members with something to do, in metadata order.</summary>
    public IEnumerable<MemberPlan> Members => All.Where(p => !p.IsEmpty);
}
