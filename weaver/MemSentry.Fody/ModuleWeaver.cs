using Fody;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Planning;
using MemSentry.Fody.Handover;
using MemSentry.Weaver;

namespace MemSentry.Fody;

/// <summary>
/// What Fody runs: reads the settings that <c>ResolveSettings</c> left in obj, calls the engine, leaves the outcome for <c>ReportWeave</c>.
/// </summary>
/// <remarks>
/// It never throws and never logs a warning or an error through Fody, whose messages carry no code. After an error Fody therefore
/// writes an assembly that is not woven; <c>ReportWeave</c>, which runs next, deletes it and fails the build.
/// </remarks>
public sealed class ModuleWeaver : BaseModuleWeaver
{
    /// <inheritdoc/>
    public override void Execute()
    {
        var files = new HandoverFiles(AssemblyFilePath);
        var diagnostics = new DiagnosticList();
        PlanStatistics? statistics = null;
        try
        {
            statistics = Weave(files, diagnostics)?.Statistics;
        }
        catch (Exception failure)
        {
            diagnostics.Add(FailureDiagnostic.From(failure));
            WriteDebug(failure.ToString());
        }

        WeaveOutcome.From(statistics, diagnostics).Save(files.Outcome);
    }

    /// <summary>None: the engine names the runtime's members itself and resolves them through the module.</summary>
    public override IEnumerable<string> GetAssembliesForScanning() => [];

    private ModulePlan? Weave(HandoverFiles files, DiagnosticList diagnostics)
    {
        WeaveSettings settings = WeaveSettings.Load(files.Settings);
        settings.Weaver.RequireSameAs(WeaverIdentity.InMemory());
        ModulePlan? plan = ModuleWeave.Apply(ModuleDefinition, settings.ToOptions(), diagnostics);

        // Fody's writer keeps the compiler's MVID; two weaves of one source with other settings are different modules.
        if (!diagnostics.HasErrors)
            ModuleDefinition.Mvid = WovenModuleId.Derive(ModuleDefinition.Mvid, settings);
        return plan;
    }
}
