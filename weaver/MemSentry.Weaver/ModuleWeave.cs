using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Windows;
using MemSentry.Weaver.Reading;
using MemSentry.Weaver.References;
using MemSentry.Weaver.Rewriting;
using MemSentry.Weaver.Rewriting.Windows;
using MemSentry.Weaver.Writing;
using Mono.Cecil;

namespace MemSentry.Weaver;

/// <summary>Weaves one module in memory: the engine behind every host.</summary>
public static class ModuleWeave
{
    /// <summary>
    /// Plans and rewrites a module. With an error in <paramref name="diagnostics"/> the module is left as it was, but that some of its bodies may be prepared
    /// (<see cref="BodyPreparation"/>).
    /// </summary>
    /// <param name="members">The module's members.</param>
    /// <param name="options">The user's choices.</param>
    /// <param name="diagnostics">Receives what there is to say.</param>
    /// <param name="references">Where referenced assemblies are, to find out which are woven; null leaves that out, and the woven module says nothing of them.</param>
    /// <returns>What was done, or null when there was an error.</returns>
    public static ModulePlan? Apply(ModuleMembers members, WeaverOptions options, DiagnosticList diagnostics, ReferenceFiles? references = null)
    {
        ModuleDefinition module = members.Module;
        try
        {
            if (Plan(members, options, diagnostics) is not { } plan)
                return null;

            MappedFields.Report(members, diagnostics);
            IReadOnlyList<ReferenceRecord>? records = references is null ? null : ReferenceSurvey.Of(module, references);
            ReferenceVerdict.Report(module, records ?? [], options, diagnostics);
            if (diagnostics.HasErrors)
                return null;

            CarryOut(members, plan, options, diagnostics);
            if (records is not null)
                ReferenceList.Put(module, records);
            return plan;
        }
        catch (WeaveException e)
        {
            diagnostics.Add(e.Diagnostic);
            return null;
        }
        catch (AssemblyResolutionException e)
        {
            diagnostics.Add(Diagnostic.Error(DiagnosticId.ReferenceNotFound,
                $"'{module.Name}' needs the assembly '{e.AssemblyReference.FullName}', which was not found; add a reference to it."));
            return null;
        }
    }

    /// <summary>Plans a module, whose bodies are numbered anew and prepared on the way.</summary>
    /// <returns>The plan, or null when there was an error.</returns>
    /// <exception cref="WeaveException">The module cannot be woven.</exception>
    internal static ModulePlan? Plan(ModuleMembers members, WeaverOptions options, DiagnosticList diagnostics)
    {
        WeavableModule.Require(members.Module);
        BodyOffsets.Refresh(members);
        IReadOnlyDictionary<PlanningPass, int> prepared = BodyPreparation.Apply(members, options);
        return PlanOf(members, options, diagnostics) is { } plan ? plan with { Statistics = plan.Statistics.With(prepared) } : null;
    }

    /// <summary>Plans a module as it was written: each access is where the input has it.</summary>
    /// <returns>The plan, or null when there was an error.</returns>
    /// <exception cref="WeaveException">The module cannot be woven.</exception>
    internal static ModulePlan? PlanOfInput(ModuleMembers members, WeaverOptions options, DiagnosticList diagnostics)
    {
        WeavableModule.Require(members.Module);
        BodyOffsets.Refresh(members);
        return PlanOf(members, options, diagnostics);
    }

    /// <summary>Rewrites a module as planned. Every line leaves the module valid for the next.</summary>
    internal static void CarryOut(ModuleMembers members, ModulePlan plan, WeaverOptions options, DiagnosticList diagnostics)
    {
        ModuleDefinition module = members.Module;
        string settings = OptionCatalog.ToSettingsText(options) + GateList.Of(plan.Windows);
        RuntimeContract runtime = RuntimeContract.In(module);

        ReadyToRunCode.Drop(module, diagnostics);
        SupportClass support = SupportClass.AddTo(module, runtime, settings);
        var checkedMembers = new CheckedMembers();
        List<TrustedAccess> trusted = [.. plan.Members.Where(m => !m.IsEmpty).SelectMany(m => MemberRewriter.Rewrite(m, support.Throw, checkedMembers, runtime.BorderChecks))];
        support.Name(checkedMembers);
        foreach (MethodDefinition leaf in plan.Leaves)
            leaf.AggressiveInlining = true;

        WindowRewriter.Rewrite(plan.Windows, runtime);

        // After the members: the initialiser may be one of them, and its plan speaks of offsets of the input.
        ModuleInitializer.CallFirst(module, support.Start);
        StackReserve.EnsureAll(members);
        SummaryList.Put(module, plan.Summaries);
        WovenStamp.Put(module, runtime, settings, TrustList.Write(module, settings, plan, trusted));
    }

    private static ModulePlan? PlanOf(ModuleMembers members, WeaverOptions options, DiagnosticList diagnostics)
    {
        ModulePlan plan = ModulePlanner.Plan(members, options, diagnostics);
        return diagnostics.HasErrors ? null : plan;
    }
}
