using System.Text.Json;
using System.Text.Json.Nodes;
using MemSentry.Fuzzing.Domains.Tree;
using MemSentry.Fuzzing.Shrinking;

namespace MemSentry.Fuzzing.Domains.Shrinking;

/// <summary>A scenario that once showed a defect, kept as a small text file and tried again by a test in every way.</summary>
/// <param name="About">What was wrong.</param>
/// <param name="Scenario">The scenario.</param>
public sealed record ScenarioRegression(string About, Scenario Scenario)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    /// <summary>The folder that they are copied to.</summary>
    public static string Folder { get; } = Path.Combine(Regression.Folder, "Domains");

    /// <summary>Whether a file has a scenario, and not a member.</summary>
    public static bool IsIn(string path) => JsonNode.Parse(File.ReadAllText(path))?[nameof(Scenario)] is not null;

    /// <summary>Reads a file.</summary>
    public static ScenarioRegression Read(string path) => JsonSerializer.Deserialize<ScenarioRegression>(File.ReadAllText(path), Format)!;

    /// <summary>The text of the file.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, Format) + "\n";
}
