using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Cli.Inspecting;
using MemSentry.Cli.Reporting;
using MemSentry.Weaver;

namespace MemSentry.Cli.Weaving;

/// <summary>Weaves inputs, any of them at any time. A failed input costs nothing but itself.</summary>
/// <param name="options">The user's choices.</param>
/// <param name="references">Where referenced assemblies are looked for.</param>
/// <param name="keyFile">A strong-name key, or null.</param>
/// <param name="isDryRun">Whether nothing is written.</param>
/// <param name="items">All that are woven together.</param>
internal sealed class WeaveRun(WeaverOptions options, IReadOnlyList<string> references, string? keyFile, bool isDryRun, IReadOnlyList<WeaveItem> items)
{
    private const string Runtime = "MemSentry.Runtime.dll";

    private readonly HashSet<string> _together = items.Select(i => i.Input.SimpleName).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Weaves one of them.</summary>
    public InputOutcome Weave(WeaveItem item)
    {
        var diagnostics = new DiagnosticList();
        var request = new AssemblyWeaveRequest(item.Input.File, item.Output, options, references, keyFile) { WovenTogether = _together, IsRehearsal = isDryRun };
        ModulePlan? plan = AssemblyWeave.Run(request, diagnostics);
        ReportMessage[] messages = [.. diagnostics.Select(ReportMessage.Of)];
        if (plan is null)
            return new InputOutcome(item.Input, diagnostics.Any(d => d.Id == DiagnosticId.InternalError) ? InputStatus.Defect : InputStatus.Refused, messages);

        return new InputOutcome(item.Input, isDryRun ? InputStatus.Weavable : InputStatus.Woven, messages, Summary(item, plan.Statistics))
        {
            Output = item.Output,
            Counts =
            [
                KeyValuePair.Create("accesses", plan.Statistics.Accesses),
                KeyValuePair.Create("proven", plan.Statistics.Proven),
                KeyValuePair.Create("checks", plan.Statistics.Checks),
            ],
            Passes = [.. plan.Statistics.Passes.Select(p => KeyValuePair.Create(Wording.Name(p.Key), p.Value))],
        };
    }

    /// <summary>What is missing where woven assemblies went.</summary>
    /// <remarks>Not copied: a program with a .deps.json loads only what that file lists, so a copy beside it would promise what it cannot keep.</remarks>
    public static IEnumerable<string> Notes(IReadOnlyList<InputOutcome> outcomes) => outcomes
        .Where(o => o.Status == InputStatus.Woven && !IsRuntimeBeside(o.Input.File) && !IsRuntimeBeside(o.Output!))
        .Select(o => Path.GetDirectoryName(o.Output!))
        .Distinct()
        .Select(folder => $"note: {Runtime} is not in {folder}; woven code needs it, so reference it from the program that loads the assembly");

    private static bool IsRuntimeBeside(string file) => File.Exists(Path.Combine(Path.GetDirectoryName(file)!, Runtime));

    private string Summary(WeaveItem item, PlanStatistics counts)
    {
        string where = item.Input.File == item.Output ? "in place" : $"-> {item.Output}";
        return $"{item.Input.Relative}: {counts.Accesses} accesses, {counts.Proven} proven, {counts.Checks} checks {(isDryRun ? $"(dry run, nothing written) {where}" : where)}";
    }
}
