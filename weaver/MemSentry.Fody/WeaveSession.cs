using Fody;
using MemSentry.AccessTable;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Build;
using MemSentry.Build.Handover;
using MemSentry.Images;
using MemSentry.Weaver;
using MemSentry.Weaver.References;
using Mono.Cecil;

namespace MemSentry.Fody;

/// <summary>One weave: the settings that <c>ResolveSettings</c> left in obj, the engine, the outcome for <c>ReportWeave</c>.</summary>
internal static class WeaveSession
{
    /// <param name="module">The compiler's output, which Fody writes back afterwards.</param>
    /// <param name="assemblyFile">Its file in obj.</param>
    /// <param name="debug">Receives the stack trace of a defect; shown with <c>-v:diag</c> only.</param>
    public static void Run(ModuleDefinition module, string assemblyFile, Action<string> debug)
    {
        var files = new HandoverFiles(assemblyFile);
        RequireTargets(files);
        var diagnostics = new DiagnosticList();
        PlanStatistics? statistics = null;
        try
        {
            statistics = Weave(module, WeaveSettings.Load(files.Settings), ReferenceHandover.Load(files.References), diagnostics)?.Statistics;
        }
        catch (Exception failure)
        {
            diagnostics.Add(FailureDiagnostic.From(failure));
            debug(failure.ToString());
        }

        WeaveOutcome.From(statistics, diagnostics).Save(files.Outcome);
    }

    // Fody's own error is all there is without our targets, and an assembly left in obj would be delivered by the next build.
    private static void RequireTargets(HandoverFiles files)
    {
        if (File.Exists(files.Settings))
            return;
        File.Delete(files.IntermediateAssembly);
        throw new WeavingException(Diagnostic.Error(DiagnosticId.TargetsNotImported,
            "Fody ran MemSentry in a project that does not import MemSentry.Fody.targets; reference the package MemSentry.Fody instead of adding its DLL to WeaverFiles.").ToString());
    }

    private static ModulePlan? Weave(ModuleDefinition module, WeaveSettings settings, ReferenceHandover references, DiagnosticList diagnostics)
    {
        settings.Weaver.RequireSameAs(WeaverIdentity.InMemory(
            typeof(ModuleWeaver).Assembly, typeof(WeaveSettings).Assembly, typeof(ModuleWeave).Assembly, typeof(OptionCatalog).Assembly, typeof(AddressSpaceLayout).Assembly, typeof(ImageValidation).Assembly));
        ModulePlan? plan = ModuleWeave.Apply(
            new ModuleMembers(module), settings.ToOptions(), diagnostics, new ReferenceFiles(ReferenceFiles.ByName(references.Files), references.Framework.ToHashSet()));

        // Fody's writer keeps the MVID it finds; two weaves of one source with other settings are different modules.
        if (!diagnostics.HasErrors)
            module.Mvid = WovenModuleId.Derive(module.Mvid, settings, ReferenceList.TextIn(module));
        return plan;
    }
}
