using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Planning;
using MemSentry.Build.Handover;
using Microsoft.Build.Framework;

namespace MemSentry.Build.Tasks;

/// <summary>Runs after Fody: logs what the Fody addin left, and removes the assembly if an error is among it.</summary>
public sealed class ReportWeave : DiagnosedTask
{
    /// <summary>The assembly that Fody wrote.</summary>
    [Required]
    public string IntermediateAssembly { get; set; } = "";

    /// <summary>The settings in force, for the message.</summary>
    [Required]
    public string SettingsText { get; set; } = "";

    private protected override void Run(DiagnosticList diagnostics)
    {
        string file = new HandoverFiles(IntermediateAssembly).Outcome;

        // No outcome: Fody did not run this weaver. CheckWeave, before the copy, has the last word on that.
        if (!File.Exists(file))
            return;

        WeaveOutcome outcome = WeaveOutcome.Load(file);
        File.Delete(file);
        foreach (Diagnostic diagnostic in outcome.Diagnostics)
            diagnostics.Add(diagnostic);
        if (outcome.Statistics is { } counts)
            LogSummary(counts);
    }

    // Also after a warning that became an error: like the compiler, leave no output that the next build would take for good.
    private protected override void AfterFailure() => File.Delete(IntermediateAssembly);

    private void LogSummary(PlanStatistics counts) => Log.LogMessage(MessageImportance.Normal,
        "MemSentry: wove {0} ({1}): {2} members, {3} accesses, {4} proven, {5} checks.",
        IntermediateAssembly, SettingsText, counts.Members, counts.Accesses, counts.Proven, counts.Checks);
}
