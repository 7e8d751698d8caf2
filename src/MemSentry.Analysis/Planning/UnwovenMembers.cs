using System.Collections.Immutable;
using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using MemSentry.Analysis.Trust;
using Mono.Cecil;

namespace MemSentry.Analysis.Planning;

/// <summary>
/// Finds the address operands of members that a weave does not analyse: whitelisted ones, and all with the method <c>none</c>. Who reviews them wants
/// to see what they access.
/// </summary>
public static class UnwovenMembers
{
    /// <summary>
    /// The address operands of each member with instructions that the plan says nothing about, with the verdict
    /// <see cref="AccessVerdict.Whitelisted"/> or <see cref="AccessVerdict.Unprotected"/>.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="options">The user's choices.</param>
    /// <param name="diagnostics">Receives a warning for each member that cannot be modelled: a weave would not have looked at it.</param>
    public static IReadOnlyList<MemberPlan> Find(ModuleDefinition module, ModulePlan plan, WeaverOptions options, DiagnosticList diagnostics)
    {
        IEnumerable<MethodDefinition> unprotected = options.ProtMethod is ProtectionMethod.Mpx or ProtectionMethod.Sfi ? [] : plan.All.Select(p => p.Method);
        AccessVerdict verdict = options.ProtMethod switch
        {
            ProtectionMethod.Mprotect => AccessVerdict.MeetsClosedPages,
            ProtectionMethod.Crypt => AccessVerdict.MeetsCiphertext,
            _ => AccessVerdict.Unprotected,
        };

        // What the planner demands of woven code does not apply here.
        var planner = new MemberPlanner(options, new ModuleFacts(new ModuleMembers(module), Whitelist.Find(module, options, []), options), []);
        return
        [
            .. plan.Whitelist.Where(m => m.HasInstructions()).Select(m => Find(planner, m, AccessVerdict.Whitelisted, diagnostics)).OfType<MemberPlan>(),
            .. unprotected.Select(m => Find(planner, m, verdict, diagnostics)).OfType<MemberPlan>(),
        ];
    }

    private static MemberPlan? Find(MemberPlanner planner, MethodDefinition method, AccessVerdict verdict, DiagnosticList diagnostics)
    {
        try
        {
            ImmutableArray<AccessDecision> found = planner.Plan(method).Decisions;
            return new MemberPlan(method, [.. found.Select(d => d with { Verdict = verdict, Form = null, Pass = null })], [], [], [], []);
        }
        catch (Exception e) when (e is NotModelledException or MalformedFlowException or AssemblyResolutionException or WeaveException or ArgumentException)
        {
            string reason = (e as WeaveException)?.Diagnostic.Message ?? e.Message;
            diagnostics.Add(Diagnostic.Warning(DiagnosticId.UnwovenMemberNotListed,
                $"The accesses of {PlanText.Name(method)}, which is not woven, are not listed, because {reason.TrimEnd('.')}; review the member by itself.",
                SourceLocations.Of(method, null)));
            return null;
        }
    }
}
