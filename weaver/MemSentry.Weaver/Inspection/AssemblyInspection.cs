using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Weaver.Reading;
using MemSentry.Weaver.Writing;
using Mono.Cecil;

namespace MemSentry.Weaver.Inspection;

/// <summary>Says what a weave would do and writes nothing. What cannot be woven cannot be inspected, for the same reason and with the same words.</summary>
public static class AssemblyInspection
{
    /// <summary>
    /// Every site of the input, with its decision. The bodies are not prepared for that (<see cref="BodyPreparation"/>): what an accessor accesses in the place of its call is no site of the input, and a load that gives way is one.
    /// </summary>
    /// <returns>The sites, or null when there was an error.</returns>
    public static SiteReport? Sites(InspectionRequest request, DiagnosticList diagnostics) =>
        Inspect(request, diagnostics, ModuleWeave.PlanOfInput, (module, plan) => SiteReport.Of(module, plan, request.Options, diagnostics));

    /// <summary>Every whitelisted member and marked access.</summary>
    /// <returns>The report, or null when there was an error.</returns>
    public static TrustReport? Trust(InspectionRequest request, DiagnosticList diagnostics) =>
        Inspect(request, diagnostics, ModuleWeave.PlanOfInput, (module, plan) => TrustReport.Of(module, plan, request.Options));

    /// <summary>The IL of some members before and after the weave.</summary>
    /// <param name="request">The assembly.</param>
    /// <param name="member">Which members: <c>Type::Member</c>, with the parameter types in parentheses if only one overload is meant.</param>
    /// <param name="diagnostics">Receives an error with near names if there is no such member.</param>
    /// <returns>One entry for each overload, or null when there was an error.</returns>
    public static IReadOnlyList<MemberExplanation>? Explain(InspectionRequest request, string member, DiagnosticList diagnostics) =>
        Inspect(request, diagnostics, ModuleWeave.Plan, (module, plan) => MemberExplanation.Of(module, plan, request.Options, member, diagnostics));

    private static T? Inspect<T>(
        InspectionRequest request, DiagnosticList diagnostics, Func<ModuleMembers, WeaverOptions, DiagnosticList, ModulePlan?> plan, Func<ModuleDefinition, ModulePlan, T?> look)
        where T : class
    {
        try
        {
            using InputAssembly input = InputAssembly.Open(request.Input, request.ReferenceDirectories, diagnostics);
            return plan(input.Members, request.Options, diagnostics) is { } planned ? look(input.Module, planned) : null;
        }
        catch (WeaveException e)
        {
            diagnostics.Add(e.Diagnostic);
        }
        catch (Exception e)
        {
            diagnostics.Add(UnexpectedFailure.Explain(request.Input, e));
        }

        return null;
    }
}
