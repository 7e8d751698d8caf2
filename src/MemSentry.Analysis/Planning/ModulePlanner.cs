using System.Collections.Immutable;
using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using MemSentry.Analysis.Summaries;
using MemSentry.Analysis.Trust;
using MemSentry.Analysis.Windows;
using Mono.Cecil;

namespace MemSentry.Analysis.Planning;

/// <summary>Reads every member body of a module and returns what a weave has to do.</summary>
public static class ModulePlanner
{
    /// <summary>Plans a module without changing it.</summary>
    /// <param name="members">The module's members, with its assembly resolver able to find the references.</param>
    /// <param name="options">The user's choices.</param>
    /// <param name="diagnostics">Receives warnings and errors; with an error the plan must not be used.</param>
    public static ModulePlan Plan(ModuleMembers members, WeaverOptions options, DiagnosticList diagnostics)
    {
        Whitelist whitelist = Whitelist.Find(members.Module, options, diagnostics);
        AcceptedRegions.ReportIdle(members.Module, whitelist, diagnostics);
        bool checks = options.ProtMethod is ProtectionMethod.Mpx or ProtectionMethod.Sfi;
        var facts = new ModuleFacts(members, whitelist, options);
        facts.Summaries = SummaryCandidates.Find(members, whitelist, facts.Targets, options);
        var summaries = new SummaryPlanning(facts.Summaries);
        var plans = ImmutableArray.CreateBuilder<MemberPlan>();
        var trusted = ImmutableArray.CreateBuilder<MethodDefinition>();
        foreach (MethodDefinition method in members.All)
        {
            if (whitelist.Contains(method))
            {
                trusted.Add(method);
            }
            else if (members.IsSettled(method))
            {
                plans.Add(MemberPlan.OfSettled(method, !checks ? 0 : members.ProvenIn(method)));
            }
            else if (method.HasInstructions() && !checks)
            {
                plans.Add(MarkerPlanner.Plan(method, options, diagnostics));
            }
            else if (method.HasInstructions() && summaries.Begin(method, broken => PlanMember(facts, options, method, broken, diagnostics)) is { } plan)
            {
                plans.Add(plan);
            }
        }

        summaries.Settle(plans, (method, broken) => new MemberPlanner(options, facts, []).Plan(method, broken));
        return new ModulePlan(plans.ToImmutable(), trusted.ToImmutable(), PlanStatistics.Of(plans))
        {
            Summaries = facts.Summaries.All,
            Windows = options.ProtMethod.IsDomainBased() ? new WindowPlanner(options, whitelist, diagnostics).Plan(trusted) : [],
        };
    }

    private static MemberPlan? PlanMember(ModuleFacts facts, WeaverOptions options, MethodDefinition method, ICollection<SummaryFact> broken, DiagnosticList diagnostics)
    {
        try
        {
            return new MemberPlanner(options, facts, diagnostics).Plan(method, broken);
        }
        catch (Exception e) when (e is NotModelledException or MalformedFlowException)
        {
            diagnostics.Add(Diagnostic.Error(DiagnosticId.MemberNotAnalysable,
                $"{method.DeclaringType.FullName}::{method.Name} cannot be protected, because {e.Message}; rewrite the member, or whitelist it with [SafeRegionAccess] if it may be trusted.",
                SourceLocations.Of(method, null)));
            return null;
        }
        catch (ArgumentException)
        {
            // Cecil looks a reference up by its name before it asks whether it has one.
            diagnostics.Add(Diagnostic.Error(DiagnosticId.MemberNotAnalysable,
                $"{method.DeclaringType.FullName}::{method.Name} cannot be protected, because it refers to something without a name; the assembly is damaged, so build it again.",
                SourceLocations.Of(method, null)));
            return null;
        }
        catch (AssemblyResolutionException e)
        {
            diagnostics.Add(Diagnostic.Error(DiagnosticId.ReferenceNotFound,
                $"{method.DeclaringType.FullName}::{method.Name} uses {e.AssemblyReference.FullName}, which was not found; name the folder that holds it as a reference directory.",
                SourceLocations.Of(method, null)));
            return null;
        }
    }
}
