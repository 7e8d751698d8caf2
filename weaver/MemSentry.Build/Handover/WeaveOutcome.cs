using System.Text.Json;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Planning;

namespace MemSentry.Build.Handover;

/// <summary>What one weave has to say.</summary>
/// <param name="Statistics">What was counted, or null when there was an error.</param>
/// <param name="Diagnostics">In the order they were found.</param>
internal sealed record WeaveOutcome(PlanStatistics? Statistics, IReadOnlyList<Diagnostic> Diagnostics)
{
    public static WeaveOutcome From(PlanStatistics? statistics, DiagnosticList diagnostics) => new(statistics, [.. diagnostics]);

    public static WeaveOutcome Load(string file) => JsonSerializer.Deserialize<WeaveOutcome>(File.ReadAllText(file))!;

    public void Save(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this));
}
