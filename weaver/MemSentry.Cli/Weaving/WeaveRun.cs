using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Cli.Output;
using MemSentry.Weaver;

namespace MemSentry.Cli.Weaving;

/// <summary>Weaves one input after the other. A failed input costs nothing but itself: the others are still woven.</summary>
internal sealed class WeaveRun(
    WeaverOptions options, IReadOnlyList<string> referenceDirectories, string? keyFile, bool verbose, MessageWriter results, MessageWriter messages)
{
    /// <summary>Weaves all items.</summary>
    /// <returns>The exit code of the process: the worst that happened.</returns>
    public int Weave(IReadOnlyList<WeaveItem> items)
    {
        List<(WeaveItem Item, int ExitCode)> done = [.. items.Select(item => (item, Weave(item)))];
        foreach (string folder in done.Where(d => d.ExitCode == ExitCode.Success).Select(d => Path.GetDirectoryName(d.Item.Output)!).Distinct())
            SayIfRuntimeIsMissing(folder);
        return done.Max(d => d.ExitCode);
    }

    private int Weave(WeaveItem item)
    {
        var diagnostics = new DiagnosticList();
        ModulePlan? plan = AssemblyWeave.Run(
            new AssemblyWeaveRequest(item.Input, item.Output, options, referenceDirectories, keyFile), diagnostics);

        foreach (Diagnostic diagnostic in diagnostics.Where(d => verbose || d.Severity != DiagnosticSeverity.Info))
            messages.Write(diagnostic);
        if (plan is null)
            return diagnostics.Any(d => d.Id == DiagnosticId.InternalError) ? ExitCode.Defect : ExitCode.Failed;

        results.Write(Summary(item, plan.Statistics));
        return ExitCode.Success;
    }

    // Not copied: a program with a .deps.json loads only what that file lists, so a copy beside it would promise what it cannot keep.
    private void SayIfRuntimeIsMissing(string folder)
    {
        const string Runtime = "MemSentry.Runtime.dll";
        if (!File.Exists(Path.Combine(folder, Runtime)))
            results.Write($"note: {Runtime} is not in {folder}; woven code needs it, so reference it from the program that loads the assembly");
    }

    private static string Summary(WeaveItem item, PlanStatistics counts)
    {
        string where = item.Input == item.Output ? "in place" : $"-> {item.Output}";
        return $"{item.Name}: {counts.Accesses} accesses, {counts.Proven} proven, {counts.Checks} checks {where}";
    }
}
