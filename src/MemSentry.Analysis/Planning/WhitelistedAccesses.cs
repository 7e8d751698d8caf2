using System.Collections.Immutable;
using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil;

namespace MemSentry.Analysis.Planning;

/// <summary>Finds the address operands of whitelisted members. A weave leaves them alone; who reviews the whitelist wants to see them.</summary>
public static class WhitelistedAccesses
{
    /// <summary>The address operands of each whitelisted member that has instructions, all with the verdict <see cref="AccessVerdict.Whitelisted"/>.</summary>
    /// <param name="module">The module.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="options">The user's choices.</param>
    /// <param name="diagnostics">Receives a warning for each member that cannot be modelled: a weave would not have looked at it.</param>
    public static IReadOnlyList<MemberPlan> Find(ModuleDefinition module, ModulePlan plan, WeaverOptions options, DiagnosticList diagnostics)
    {
        HashSet<MethodDefinition> whitelist = [.. plan.Whitelist];

        // What the planner demands of woven code does not apply here.
        var planner = new MemberPlanner(options, new StackTypes(), new ResultOrigins(module, whitelist.Contains), []);
        return [.. plan.Whitelist.Where(m => m.HasInstructions()).Select(m => Find(planner, m, diagnostics)).OfType<MemberPlan>()];
    }

    private static MemberPlan? Find(MemberPlanner planner, MethodDefinition method, DiagnosticList diagnostics)
    {
        try
        {
            ImmutableArray<AccessDecision> found = planner.Plan(method).Decisions;
            return new MemberPlan(method, [.. found.Select(d => d with { Verdict = AccessVerdict.Whitelisted })], [], [], []);
        }
        catch (Exception e) when (e is NotModelledException or MalformedFlowException or AssemblyResolutionException or WeaveException)
        {
            string reason = (e as WeaveException)?.Diagnostic.Message ?? e.Message;
            diagnostics.Add(Diagnostic.Warning(DiagnosticId.WhitelistedMemberNotListed,
                $"The accesses of the whitelisted member {PlanText.Name(method)} are not listed, because {reason.TrimEnd('.')}; review the member by itself.",
                SourceLocations.Of(method, null)));
            return null;
        }
    }
}
