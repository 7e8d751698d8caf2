using System.Text.Json;
using System.Text.Json.Serialization;
using MemSentry.Fuzzing.Generation.Tree;

namespace MemSentry.Fuzzing.Shrinking;

/// <summary>A member that once showed a defect, kept as a small text file and tried again by a test in every way.</summary>
/// <param name="About">What was wrong.</param>
/// <param name="Member">The member.</param>
public sealed record Regression(string About, Member Member)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    /// <summary>The folder that they are copied to.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Regressions");

    /// <summary>Reads a file.</summary>
    public static Regression Read(string path) => JsonSerializer.Deserialize<Regression>(File.ReadAllText(path), Format)!;

    /// <summary>The text of the file.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, Format) + "\n";
}
